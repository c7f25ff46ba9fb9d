// The seam between whoever moves bytes in virtual time and whoever computes the rates of the streams.
// Rates are max-min fair in the source rate x of a flow: it takes perMB * x of each resource on its way (night.md N3).

/** How a capacity falls with the n flows on it. The product never rises with n: the what-if relies on that. */
export type Efficiency =
  | { readonly kind: 'none' }
  /** x max(efficiencyFloor, 1 / (1 + lossPerStream * (n - 1))) */
  | { readonly kind: 'loss'; readonly lossPerStream: number; readonly efficiencyFloor: number }
  /** x max(floor, comfortable / n) beyond `comfortable` flows */
  | { readonly kind: 'comfort'; readonly comfortable: number; readonly floor: number };

export interface ResourceSpec {
  /** finite, in the resource's own unit: MB/s, or cores */
  readonly capacity: number;
  readonly efficiency: Efficiency;
}

/** What a rate of 1 MB/s at the source takes of a resource; > 0. */
export interface Use {
  readonly resource: number;
  readonly perMB: number;
}

export interface FlowSpec {
  readonly sizeMB: number;
  /** Infinity = no cap; then `uses` must not be empty */
  readonly capMBps: number;
  /** A resource named twice is taken twice, and the flow counts once on it. */
  readonly uses: readonly Use[];
}

/**
 * Flows over shared resources. The clock moves by `advance` only; all changes between two moves are of one instant,
 * and rates are solved when next asked for. Flow ids ascend in order of start and are never used again;
 * an id that is not under way is refused with a RangeError, as are impossible numbers.
 */
export interface FluidSolver {
  /** @returns its id, dense from 0 */
  addResource(spec: ResourceSpec): number;
  setCapacity(resource: number, capacity: number): void;
  /** A flow of no bytes completes at the next `advance`, even where it would have no rate. */
  start(flow: FlowSpec): number;
  /** Takes an unfinished flow away. @returns MB moved so far */
  stop(flow: number): number;
  setCap(flow: number, capMBps: number): void;
  /** Moves the clock. @returns the flows that completed by then (night.md N27), ascending; they are gone, all bytes moved */
  advance(nowS: number): readonly number[];
  /** @returns the earliest completion at present rates; Infinity = none */
  nextS(): number;
  rateMBps(flow: number): number;
  movedMB(flow: number): number;
  /** @returns the resource that holds the flow at its rate; null = its own cap, also where both do */
  limiterOf(flow: number): number | null;
  /** @returns present use, in the resource's unit */
  loadOf(resource: number): number;
  /** @returns the integral of `loadOf` so far: of MB/s MB, of cores core-seconds */
  servedBy(resource: number): number;
  flowsOn(resource: number): number;
  /** @returns the rate that one more flow would get now; nothing changes */
  rateIf(flow: FlowSpec): number;
  /** Those under way, ascending. Not to be iterated across a change. */
  flows(): Iterable<number>;
}
