import type { FluidSolver } from './solver.ts';

/** Why a flow runs at its rate. */
export interface RateReason {
  /** the resource that holds it; null = its own cap */
  readonly limiter: number | null;
  /** the rate at which the limiter holds every flow that it limits: nobody on it is faster; of a cap, the cap */
  readonly levelMBps: number;
  /** what the limiter carries, in its own unit: all that it can; null = a cap */
  readonly load: number | null;
  /** how many flows share it; null = a cap */
  readonly flows: number | null;
}

/** @throws {RangeError} on a flow that is not under way */
export function whyRate(solver: FluidSolver, flow: number): RateReason {
  const limiter = solver.limiterOf(flow);
  // A limiter's level is the rate of what it limits.
  const levelMBps = solver.rateMBps(flow);
  if (limiter === null) return { limiter, levelMBps, load: null, flows: null };
  return { limiter, levelMBps, load: solver.loadOf(limiter), flows: solver.flowsOn(limiter) };
}
