import type { Tier } from './access.ts';
import type { Id } from './facts.ts';
import type { Need, ServiceEntity } from './strategy.ts';

// The seam between the coordinator (who decides, knows no clock) and an executor (time, bytes, faults; knows no strategy).
// There are two executors: virtual time (harness/engine) and the wall clock (harness/emulate).

/** One stream of an attempt: the reads that it does one after another. */
export type Lane = readonly { readonly device: Id; readonly sizeMB: number }[];

/** What the coordinator orders an executor to do: one attempt at one unit. */
export interface Order {
  /** dense, in order of decision */
  readonly attempt: number;
  readonly job: Id;
  readonly unit: Id;
  readonly vm: Id;
  readonly disks: readonly number[];
  readonly proxy: Id;
  readonly agent: Id;
  readonly tier: Tier;
  /** as many lanes as streams */
  readonly lanes: readonly Lane[];
  /** of this unit in this night, from 1 */
  readonly attemptNo: number;
}

/** Why an attempt ended without its unit being protected. */
export const endCauses = [
  'snapshot',
  'quiesce',
  'network',
  'transport',
  'storage',
  'vm-broken',
  'proxy-broken',
  'path-broken',
  'server-hour',
  'proxy-lost',
  'device-lost',
  'store-lost',
  'server-lost',
  'agent-lost',
  'restore', // what was written does not restore to what was read
  'window', // terminated at the window's end
  'stalled', // no capacity, and nothing left that could bring it back
] as const;
export type EndCause = (typeof endCauses)[number];

/** Of one instant, ordered by this list, then by id. */
export type Happening =
  /** A proxy went down this instant. Nobody notices yet: `service` follows when they do; but who decided there decides no more. */
  | { readonly kind: 'down'; readonly proxy: Id }
  | { readonly kind: 'service'; readonly entity: ServiceEntity; readonly id: Id; readonly inService: boolean }
  /** first byte */
  | { readonly kind: 'transferring'; readonly attempt: number }
  | {
      readonly kind: 'ended';
      readonly attempt: number;
      readonly cause: EndCause | 'finished';
      readonly movedMB: number;
    }
  | { readonly kind: 'job-due'; readonly job: Id }
  | { readonly kind: 'window-end'; readonly job: Id }
  | { readonly kind: 'wake'; readonly job: Id }
  /** nothing is under way and nothing more will happen by itself */
  | { readonly kind: 'quiet' };

export const happeningOrder: readonly Happening['kind'][] = [
  'down',
  'service',
  'transferring',
  'ended',
  'job-due',
  'window-end',
  'wake',
  'quiet',
];

export interface Executor {
  readonly clock: 'virtual' | 'wall';
  readonly offers: readonly Need[];
  start(order: Order): void;
  /** ends an attempt now; its `ended` happening follows in the same instant */
  stop(attempt: number, cause: EndCause): void;
  throttle(device: Id, streamMBps: number | null): void;
  wake(job: Id, atS: number): void;
  latencyMs(device: Id): number;
  rateIfMBps(order: Order): number;
  /** runs until the coordinator says that every job is over, or the signal aborts */
  run(coordinator: Coordinator, signal?: AbortSignal): void | Promise<void>;
}

export interface Coordinator {
  /** Applies the happenings, then asks the jobs. @returns false: every job is over */
  instant(nowS: number, happenings: readonly Happening[]): boolean;
}

/** night.md N27: happenings whose times differ by at most this are one instant, stamped with the earliest. */
export const sameInstantS = 1e-9;
