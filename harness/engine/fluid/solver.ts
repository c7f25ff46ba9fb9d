import type { FlowSpec, Flows } from '../../attempt/flows.ts';

// The seam between whoever moves bytes in virtual time and whoever computes the rates of the streams.

export type { Efficiency, FlowSpec, ResourceSpec, Use } from '../../attempt/flows.ts';

/**
 * Flows over shared resources. The clock moves by `advance` only; all changes between two moves are of one instant,
 * and rates are solved when next asked for. Flow ids ascend in order of start and are never used again;
 * an id that is not under way is refused with a RangeError, as are impossible numbers.
 */
export interface FluidSolver extends Flows {
  /** A flow of no bytes completes at the next `advance`, even where it would have no rate. Whose it is does not matter. */
  start(flow: FlowSpec): number;
  /** Moves the clock. @returns the flows that completed by then (night.md N27), ascending; they are gone, all bytes moved */
  advance(nowS: number): readonly number[];
  /** @returns the earliest completion at present rates; Infinity = none */
  nextS(): number;
  rateMBps(flow: number): number;
  movedMB(flow: number): number;
  /** @returns the resource that holds the flow at its rate; null = its own cap, also where both do */
  limiterOf(flow: number): number | null;
  /**
   * @returns flows that have got another limiter since this was last asked, new ones among them: each once, in any order. Where
   * several hold a flow alike, which of them comes first may have changed untold.
   */
  relimited(): readonly number[];
  /** @returns present use, in the resource's unit */
  loadOf(resource: number): number;
  /** @returns the integral of `loadOf` so far: of MB/s MB, of cores core-seconds */
  servedBy(resource: number): number;
  flowsOn(resource: number): number;
  /** @returns the rate that one more flow would get now; nothing changes */
  rateIf(flow: FlowSpec): number;
}
