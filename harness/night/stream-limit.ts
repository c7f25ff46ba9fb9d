/**
 * The most data streams that a proxy may carry at once, over all jobs: 10 per CPU, but one per 100 MB of RAM.
 * 8 CPUs and 200 MB -> 2; 2 CPUs and 2 GB -> 20. At least 1 (A12: our reading, the source does not say).
 *
 * Source: S:464-466.
 */
export const streamLimit = (cpus: number, ramMB: number): number =>
  Math.max(1, Math.min(10 * cpus, Math.floor(ramMB / 100)));

/**
 * What a proxy carries without its CPU losing capacity (night.md N4): a physical input, no strategy's limit.
 */
export const comfortableStreams = (proxy: {
  cpus: number;
  ramMB: number;
  streamsPerCore: number;
  ramMBPerStream: number;
}): number =>
  Math.max(1, Math.floor(Math.min(proxy.streamsPerCore * proxy.cpus, proxy.ramMB / proxy.ramMBPerStream)));
