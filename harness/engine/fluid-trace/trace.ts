/**
 * A closed system of flows, after fluid-trace v1: the first `slots` flows start at 0 s, and whenever one completes the next
 * starts in the same instant. Struct of arrays; flows and resources by id.
 */
export interface Trace {
  readonly slots: number;
  readonly resourceCount: number;
  readonly flowCount: number;
  /** by resource, MB/s, > 0; longer than filled, as all that follow */
  readonly capacityMBps: Float64Array;
  /** by flow, >= 0 */
  readonly sizeMB: Float64Array;
  /** by flow, > 0 */
  readonly capMBps: Float64Array;
  /** flow f takes 1 per MB of each of uses[firstUse[f]] .. uses[firstUse[f + 1] - 1] */
  readonly firstUse: Int32Array;
  readonly uses: Int32Array;
}
