import type { Use } from './solver.ts';

/** How flows share capacities: rates for the flows that a table holds. */
export interface Allocation {
  /** solves for the flows that are under way */
  run(): void;
  /** by flow, MB/s; those of flows under way are true after `run` */
  readonly rates: ArrayLike<number>;
  /** by flow: the resource that holds it, or `ownCap` */
  readonly limiters: ArrayLike<number>;
  /** by resource, of those that carry flows: what they take of it */
  readonly loads: ArrayLike<number>;
  /** the rate that one more flow would get; nothing changes. @param uses every resource once */
  rateOfNewcomer(capMBps: number, uses: readonly Use[]): number;
}

/** in `limiters`: held by its own cap */
export const ownCap = -1;
