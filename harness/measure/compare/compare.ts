import { groupBy } from '../../kit/group.ts';
import type { Metric, Row } from '../../model/kind.ts';
import { leastDetectable } from './detectable.ts';
import { distinctClusters } from './distinct-clusters.ts';
import { holm } from './holm.ts';
import { medianOf } from './median.ts';
import { noiseFloor, type NoiseFloor } from './noise.ts';
import { cellsOf, pairUp, type Cells, type NightCounts, type Pair } from './pair.ts';
import { signedRank } from './signed-rank.ts';
import { signInterval, type Interval } from './sign-interval.ts';
import { fewestClusters, level, verdictOf, type Verdict } from './verdict.ts';
import { scaleOf, type Scale } from './worth.ts';

/** Strategies on the cells of one document, by one metric. Never over documents: sizes and families are not pooled. */
export interface Comparison {
  readonly document: string;
  readonly metric: Metric;
  readonly scale: Scale;
  readonly strategies: readonly string[];
  /** that differ from each other */
  readonly clusters: number;
  /** cluster seeds whose every cell repeats that of an earlier one: not counted again */
  readonly repeated: number;
  /** per cluster, at most */
  readonly nights: number;
  /** cells; `valued` have a value of the metric */
  readonly cells: { readonly ran: number; readonly valued: number };
  readonly pairs: readonly PairResult[];
  /** clusters that this many pairs need at least, whatever they show */
  readonly fewestClusters: number;
}

export interface PairResult {
  readonly a: string;
  readonly b: string;
  /** that say something */
  readonly clusters: number;
  readonly nights: NightCounts;
  /** over clusters, of ln(a / b) or a - b; null = no cluster says anything */
  readonly median: number | null;
  /** of the median, 95 %; null = too few clusters */
  readonly interval: Interval | null;
  /** clusters in which a has the better value by more than the noise, the worse one, neither */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** signed-rank, and the same adjusted by Holm over all pairs of the comparison */
  readonly p: number;
  readonly pHolm: number;
  readonly floor: NoiseFloor;
  readonly verdict: Verdict;
  /** true difference found nine times in ten; null = none can be named */
  readonly detectable: number | null;
  /** clusters that would decide if the median stays as it is; null = decided, or no number can be named */
  readonly needed: number | null;
}

export interface Question {
  readonly metric: Metric;
  /** null = every strategy with every other */
  readonly baseline: string | null;
}

/** @param rows of one document. @param shaken the same cells of shaken copies, by copy */
export function compareStrategies(
  rows: readonly Row[],
  shaken: readonly (readonly Row[])[],
  { metric, baseline }: Question,
): Comparison {
  const { kept, repeated } = distinctClusters(rows);
  const scale = scaleOf([...kept, ...shaken.flat()], metric);
  const plain = byStrategy(kept, metric);
  const copies = shaken.map((copy) => byStrategy(copy, metric));
  const strategies = [...plain.keys()];
  const names = pairsOf(strategies, baseline);
  const pairs = names.map(([a, b]) => {
    const of = (cells: ReadonlyMap<string, Cells>) =>
      pairUp(cells.get(a) ?? new Map(), cells.get(b) ?? new Map(), metric, scale);
    return { a, b, pair: of(plain), copies: copies.map(of) };
  });
  const tests = pairs.map(({ pair }) => signedRank(pair.clusters.map(({ by }) => by)).p);
  const adjusted = holm(tests);
  return {
    document: rows[0]?.document ?? '',
    metric,
    scale,
    strategies,
    clusters: new Set(kept.map((row) => row.clusterSeed)).size,
    repeated,
    nights: new Set(kept.map((row) => row.nightSeed)).size,
    cells: {
      ran: rows.length,
      valued: rows.filter(({ outcome }) => (outcome.metrics[metric.name] ?? null) !== null).length,
    },
    pairs: pairs.map(({ a, b, pair, copies: noisy }, i) => ({
      a,
      b,
      ...judge(pair, {
        p: tests[i]!,
        pHolm: adjusted[i]!,
        pairs: pairs.length,
        floor: noiseFloor(pair, noisy, scale),
        better: metric.better,
      }),
    })),
    fewestClusters: fewestClusters(pairs.length),
  };
}

const byStrategy = (rows: readonly Row[], { name }: Metric): ReadonlyMap<string, Cells> =>
  new Map([...groupBy(rows, (row) => row.strategy)].map(([strategy, own]) => [strategy, cellsOf(own, name)]));

const pairsOf = (strategies: readonly string[], baseline: string | null): (readonly [string, string])[] =>
  baseline === null
    ? strategies.flatMap((a, i) => strategies.slice(i + 1).map((b) => [a, b] as const))
    : strategies.filter((a) => a !== baseline).map((a) => [a, baseline] as const);

interface Tested {
  readonly p: number;
  readonly pHolm: number;
  readonly pairs: number;
  readonly floor: NoiseFloor;
  readonly better: Metric['better'];
}

export function judge(
  { clusters, nights }: Pair,
  { p, pHolm, pairs, floor, better }: Tested,
): Omit<PairResult, 'a' | 'b'> {
  const values = clusters.map(({ by }) => by);
  const median = values.length === 0 ? null : medianOf(values);
  const interval = signInterval(values, 1 - level);
  const evidence = { clusters: values.length, median: median ?? 0, interval, p: pHolm, pairs };
  const verdict = verdictOf({ ...evidence, floor: floor.ofMedian });
  const detectable = leastDetectable(interval, pairs, floor.ofMedian);
  const lower = values.filter((by) => by < -floor.ofCluster).length;
  const higher = values.filter((by) => by > floor.ofCluster).length;
  const [wins, losses] = better === 'higher' ? [higher, lower] : [lower, higher];
  return {
    clusters: values.length,
    nights,
    median,
    interval,
    wins,
    losses,
    ties: values.length - wins - losses,
    p,
    pHolm,
    floor,
    verdict,
    detectable,
    needed: verdict === 'undecided' ? clustersNeeded(values.length, median ?? 0, detectable, floor) : null,
  };
}

/** Widths shrink with the square root of the number of clusters. */
function clustersNeeded(
  n: number,
  median: number,
  detectable: number | null,
  floor: NoiseFloor,
): number | null {
  const beyond = Math.abs(median) - floor.ofMedian;
  if (detectable === null || beyond <= 0 || !Number.isFinite(median)) return null;
  return Math.max(n + 1, Math.ceil(n * (detectable / Math.abs(median)) ** 2));
}
