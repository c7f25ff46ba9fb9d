import type { Tier } from './access.ts';
import type { ClusterFacts, Id, JobFacts, Roles } from './facts.ts';
import type { Consideration } from './kind.ts';
import type { Params, ParamValue } from './params.ts';

// The strategy contract, version 1. A strategy is a value: metadata and `create`; its state lives in the closure
// of the decider that `create` returns, one per job. It sees facts (before), notices (what happened) and the view
// (a fold of both), so that looking ahead is impossible, and answers with one decision at a time.

export const contractVersion = 1;

/** What a strategy may promise. The coordinator holds it to its promises: a broken one is `decision-invalid`. */
export const promises = [
  'proxy-limit', // never more active streams on a proxy than its limit
  'best-tier-first', // in round r only the r best tiers that the unit has
  'once-per-round', // a unit that failed waits for the next round
  'order-free', // the order of VMs and proxies in the document changes nothing but ties (held by tests)
  'seed-free', // draws no random number
] as const;
export type StrategyPromise = (typeof promises)[number];

export type Need = 'what-if' | 'latency' | 'throttle';

export interface Random {
  /** uniform in [0, 1) */
  next(): number;
  /** uniform whole number in [0, n), n >= 1 */
  below(n: number): number;
}

export interface Setup<P extends Params> {
  readonly params: P;
  readonly rng: Random;
  readonly cluster: ClusterFacts;
  readonly job: JobFacts;
  readonly roles: Roles;
  /** true: the coordinator was lost and its successor starts anew, in the middle of a round */
  readonly takeover: boolean;
  /** says why, for the decision log; costs nothing when nobody listens */
  readonly trace: (why: string) => void;
}

export interface Strategy<P extends Params = Params> {
  readonly contract: typeof contractVersion;
  /** kebab-case, the name of its file */
  readonly name: string;
  /** one sentence: the rule */
  readonly summary: string;
  readonly source: string;
  /** what in it is ours and not the source's */
  readonly additions: string;
  /** names, types and defaults of the parameters: the schema. A default of null takes null or a number. */
  readonly defaults: P;
  /** parameters that take one of a few values */
  readonly choices?: { readonly [K in keyof P]?: readonly ParamValue[] };
  /** what an ablation takes away: parameters that are true, and false switches one consideration off */
  readonly considerations?: readonly Consideration[];
  readonly workUnit: (params: P) => 'vm' | 'disk';
  readonly keeps: (params: P) => readonly StrategyPromise[];
  readonly needs?: readonly Need[];
  readonly create: (setup: Setup<P>) => Decider;
}

export interface Decider {
  /** Asked again and again at one instant, until it waits or ends the round. Synchronous. */
  decide(view: View): Decision;
  notice?(notice: Notice, view: View): void;
}

export type Decision =
  | { readonly do: 'start'; readonly unit: Id; readonly proxy: Id; readonly streams?: number }
  | { readonly do: 'throttle'; readonly device: Id; readonly streamMBps: number | null }
  | { readonly do: 'wait'; readonly untilS?: number }
  | { readonly do: 'end-round' };

/** A stream bundle of ANY job that opens or closes; `unit` is an id of job `job`. */
export interface StreamNotice {
  readonly attempt: number;
  readonly job: Id;
  readonly unit: Id;
  readonly vm: Id;
  readonly proxy: Id;
  readonly agent: Id;
  readonly server: Id;
  readonly stores: readonly Id[];
  readonly devices: readonly Id[];
  /** streams on each of `devices` */
  readonly deviceStreams: readonly number[];
  readonly tier: Tier;
  readonly streams: number;
}

export const serviceEntities = ['proxy', 'device', 'store', 'server', 'agent'] as const;
export type ServiceEntity = (typeof serviceEntities)[number];

/** Plain data: it can be written as JSON, and the view rebuilt from it. */
export type Notice =
  /**
   * what stands already when the decider begins: after other jobs, or in the place of a lost coordinator. Comes before the first
   * round, and only where there is something; the view has it already
   */
  | {
      readonly type: 'inherited';
      readonly streams: readonly StreamNotice[];
      readonly attempts: readonly { readonly unit: Id; readonly attempts: number }[];
      readonly outOfService: readonly { readonly entity: ServiceEntity; readonly id: Id }[];
    }
  /** build lists and queues here; the first notice but for what is inherited. `awaiting` are unit ids in document order. */
  | { readonly type: 'round'; readonly round: number; readonly awaiting: readonly Id[] }
  | ({ readonly type: 'opened' } & StreamNotice)
  | ({ readonly type: 'closed' } & StreamNotice)
  | { readonly type: 'finished'; readonly unit: Id; readonly proxy: Id; readonly movedMB: number }
  | {
      readonly type: 'failed';
      readonly unit: Id;
      readonly proxy: Id;
      readonly cause: string;
      readonly movedMB: number;
      /** attempts of the unit so far, this one included */
      readonly attempts: number;
      /** it awaits again in this round (only where once-per-round is not promised) */
      readonly awaits: boolean;
    }
  | {
      readonly type: 'service';
      readonly entity: ServiceEntity;
      readonly id: Id;
      readonly inService: boolean;
    };

/** Read only. Arrays are indexed by id and live: what is read now may differ after the next decision. */
export interface View {
  readonly nowS: number;
  /** from 1 */
  readonly round: number;
  readonly awaitingCount: number;
  isAwaiting(unit: Id): boolean;
  /** units that await, in document order */
  awaiting(): IterableIterator<Id>;
  /** attempts of the unit so far in this night */
  attempts(unit: Id): number;
  /** streams of this job */
  readonly jobActive: number;
  /** streams that the job may start now: the least of its own free streams and its media agents' free slots */
  readonly jobFree: number;
  /** free slots at that media agent of the job which has most, of those that the proxy reaches: one start takes all its streams to one agent */
  agentFree(proxy: Id): number;
  /** active: streams of all jobs */
  readonly proxies: {
    readonly active: ArrayLike<number>;
    readonly limit: ArrayLike<number>;
    readonly inService: ArrayLike<number>;
  };
  readonly devices: {
    readonly active: ArrayLike<number>;
    readonly activeThisJob: ArrayLike<number>;
    readonly inService: ArrayLike<number>;
  };
  readonly stores: {
    readonly active: ArrayLike<number>;
    readonly openSnapshots: ArrayLike<number>;
    readonly inService: ArrayLike<number>;
  };
  readonly servers: {
    readonly active: ArrayLike<number>;
    readonly networkStreams: ArrayLike<number>;
    readonly inService: ArrayLike<number>;
  };
  readonly agents: {
    readonly active: ArrayLike<number>;
    readonly limit: ArrayLike<number>;
    readonly inService: ArrayLike<number>;
  };
  /** outside the fold; needs 'latency' */
  latencyMs(device: Id): number;
  /** outside the fold; needs 'what-if': the exact rate that the unit would get on the proxy if it transferred now. Its use is counted. */
  rateIfMBps(unit: Id, proxy: Id): number;
}

/** Keeps the author's parameter type inside and hides it from the table. */
export function defineStrategy<P extends Params>(strategy: Strategy<P>): Strategy {
  return strategy as unknown as Strategy;
}
