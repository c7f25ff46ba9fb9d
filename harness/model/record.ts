import type { Tier } from './access.ts';
import type { EndCause } from './executor.ts';
import type { Id } from './facts.ts';

// What a night leaves behind, raw: metrics, tables and charts are computed from this and nothing else.

export interface AttemptRecord {
  readonly attempt: number;
  readonly job: Id;
  readonly unit: Id;
  readonly vm: Id;
  readonly proxy: Id;
  readonly agent: Id;
  readonly tier: Tier;
  readonly streams: number;
  readonly attemptNo: number;
  readonly round: number;
  readonly startS: number;
  /** first byte; null = none was read */
  transferS: number | null;
  /** null = still under way when the night ended */
  endS: number | null;
  cause: EndCause | 'finished' | null;
  movedMB: number;
}

/** Why a unit is not protected at the end. */
export type UnprotectedReason =
  | EndCause // its last attempt failed so
  | 'no-path' // no proxy reaches it at any tier
  | 'not-assigned' // the strategy ended its rounds without an attempt
  | 'window-closed'; // it still awaited when the window ended

export interface UnitRecord {
  readonly job: Id;
  readonly unit: Id;
  readonly vm: Id;
  readonly key: string;
  /** stranded: failed or not assigned; unfinished: the window ended first (terminal, N12) */
  readonly state: 'finished' | 'stranded' | 'unfinished';
  readonly reason: UnprotectedReason | null;
  readonly attempts: number;
  /** round of the last attempt; null = never started */
  readonly round: number | null;
  readonly firstStartS: number | null;
  readonly endS: number | null;
}

export interface RoundRecord {
  readonly round: number;
  readonly startS: number;
  readonly endS: number;
  /** units that it began with */
  readonly units: number;
  readonly started: number;
  readonly finished: number;
  readonly failed: number;
  /** at its end: failed, or not assigned */
  readonly stranded: number;
}

export interface JobRecord {
  readonly job: Id;
  readonly coordinator: Id | null;
  readonly controllers: readonly Id[];
  /** proxies that took over, with the time */
  readonly takeovers: readonly { readonly proxy: Id | null; readonly atS: number }[];
  readonly startS: number;
  readonly endS: number;
  /** complete: every unit protected; no-progress: a round without a success with all tiers open; quiet: nothing left to wait for */
  readonly end: 'complete' | 'window' | 'max-rounds' | 'no-progress' | 'quiet';
  readonly rounds: readonly RoundRecord[];
}

/** What set the rate of a stream, or that it was not transferring. */
export const limitGroups = [
  'source',
  'proxy',
  'network',
  'target',
  'stream cap',
  'not transferring',
] as const;
export type LimitGroup = (typeof limitGroups)[number];

/** What the executor measured on the way. */
export interface LoadRecord {
  readonly devices: readonly {
    readonly readMB: number;
    /** [n] = seconds with n transferring streams */
    readonly secondsAt: readonly number[];
    readonly readMBAbove20ms: number;
    readonly readMBAbove30ms: number;
  }[];
  readonly proxies: readonly {
    readonly movedMB: number;
    /** core-seconds of data moving */
    readonly cpuS: number;
    /** seconds in service, below its limit, while a unit that it reaches awaited (N20) */
    readonly idleWhileWaitingS: number;
  }[];
  /** read through a VM's server: network and complex mode */
  readonly throughServersMB: number;
  /** width of the bins below; doubles as the night grows, so that there are at most 256 */
  readonly binS: number;
  /** by device: mean number of transferring streams in each bin */
  readonly deviceStreams: readonly (readonly number[])[];
  /** by group: mean number of active streams in each bin that it limited */
  readonly limitedStreams: Readonly<Record<LimitGroup, readonly number[]>>;
}

export interface DecisionRecord {
  readonly atS: number;
  readonly job: Id;
  readonly what: 'start' | 'throttle' | 'wait' | 'end-round';
  readonly unit: Id | null;
  readonly proxy: Id | null;
  readonly why: string | null;
}

export interface NightRecord {
  readonly endS: number;
  readonly jobs: readonly JobRecord[];
  readonly units: readonly UnitRecord[];
  readonly attempts: readonly AttemptRecord[];
  readonly load: LoadRecord;
  /** only where a log was asked for; those of a long night are not kept to the end, see `decisionCount` */
  readonly decisions: readonly DecisionRecord[] | null;
  readonly decisionCount: number;
  readonly whatIfCount: number;
}
