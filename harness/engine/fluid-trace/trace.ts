/**
 * Flows over resources of constant capacity. Version 1 is a closed system: the first `slots` flows start at 0 s, and whenever
 * one completes the next starts in the same instant. In version 2 each flow has a start of its own (`at`), and may take
 * more or less than 1 per MB of a resource (`per`). Struct of arrays; flows and resources by id.
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
  /** by flow, seconds, ascending; null = a closed system */
  readonly atS: Float64Array | null;
  /** flow f takes perMB per MB of each of uses[firstUse[f]] .. uses[firstUse[f + 1] - 1] */
  readonly firstUse: Int32Array;
  readonly uses: Int32Array;
  /** by use; null = 1 */
  readonly perMB: Float64Array | null;
}
