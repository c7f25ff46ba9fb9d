// Traces of backup streams, drawn: data store, proxy, media agent, and half of them over a host's network card as well.

export interface TraceSize {
  readonly flows: number;
  readonly dataStores: number;
  readonly proxies: number;
  readonly agents: number;
  readonly hosts: number;
  readonly slots: number;
  /** how unequal data stores are in demand: store i gets 1 / (i + 1) ** zipf; 0 = all alike */
  readonly zipf: number;
}

/** Those that figures are published of. */
export const traceSizes = {
  small: { flows: 1e3, dataStores: 20, proxies: 10, agents: 4, hosts: 50, slots: 100, zipf: 0.8 },
  medium: { flows: 1e4, dataStores: 100, proxies: 40, agents: 8, hosts: 200, slots: 400, zipf: 0.8 },
  large: { flows: 1e5, dataStores: 1000, proxies: 200, agents: 32, hosts: 2000, slots: 2000, zipf: 0.8 },
  'large-flat': { flows: 1e5, dataStores: 1000, proxies: 200, agents: 32, hosts: 2000, slots: 2000, zipf: 0 },
  'huge-head': { flows: 2e4, dataStores: 5000, proxies: 500, agents: 64, hosts: 1e4, slots: 4000, zipf: 0.8 },
  huge: { flows: 1e6, dataStores: 5000, proxies: 500, agents: 64, hosts: 1e4, slots: 4000, zipf: 0.8 },
} as const satisfies Record<string, TraceSize>;

/** @returns the lines of a fluid-trace v1 file, without their ends: the same seed gives the same bytes */
export function* traceLines(size: TraceSize, seed: number): Generator<string> {
  const { dataStores: D, proxies: P, agents: M, hosts: H } = size;
  const uniform = mulberry32(seed);
  const whole = (n: number) => Math.floor(uniform() * n);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  // three decimals: a whole number of bytes
  const around = (median: number, sigma: number) =>
    Math.max(0.001, Math.round(median * Math.exp(sigma * normal()) * 1000) / 1000);
  yield JSON.stringify({ kind: 'fluid-trace', version: 1, slots: size.slots });
  let r = 0;
  for (const { count, median, sigma } of [
    { count: D, median: 800, sigma: 0.3 },
    { count: P, median: 1200, sigma: 0.25 },
    { count: M, median: 2500, sigma: 0.2 },
    { count: H, median: 1100, sigma: 0.1 },
  ])
    for (let i = 0; i < count; i++) yield JSON.stringify({ r: r++, cap: around(median, sigma) });
  const demand = cumulated(D, size.zipf);
  for (let f = 0; f < size.flows; f++) {
    const use = [above(demand, uniform() * demand[D - 1]!), D + whole(P), D + P + whole(M)];
    if (H > 0 && uniform() < 0.5) use.push(D + P + M + whole(H));
    yield JSON.stringify({ f, mb: around(40_000, 1), max: accessMBps[whole(4)]!, use });
  }
}

/** over the network encrypted and plain, hot-add, SAN */
const accessMBps = [150, 220, 300, 400];

function cumulated(count: number, zipf: number): Float64Array {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) sums[i] = sum += 1 / (i + 1) ** zipf;
  return sums;
}

/** @returns the first place whose sum is above x */
function above(sums: Float64Array, x: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Source: Tommy Ettinger's mulberry32, public domain. @returns draws in [0, 1) */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
