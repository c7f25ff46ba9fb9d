import { groupBy } from '../../kit/group.ts';
import { createRandom } from '../../kit/rng.ts';
import type { Metric, Row } from '../../model/kind.ts';
import type { Random } from '../../model/strategy.ts';
import { judge } from './compare.ts';
import { marginOf } from './gate.ts';
import { medianOf } from './median.ts';
import { cellsOf, differenceOf, type Cells } from './pair.ts';
import { signedRank } from './signed-rank.ts';
import { scaleOf, type Scale, type Worth } from './worth.ts';

export interface DrillAsk {
  readonly metric: Metric;
  /** 0.03 = 3 % worse is planted; of metrics in %, so many hundredths of a point */
  readonly plant: number;
  /** 0.01 = 1 % worse is put up with, as in the gate */
  readonly maxWorse: number;
  readonly clusters: number;
  /** per cluster; null = as many as there are */
  readonly nights: number | null;
  readonly drills: number;
  /** number of them in the gate */
  readonly comparisons: number;
}

/** What a gate would have seen of one strategy on one document. */
export interface Drill {
  readonly document: string;
  readonly strategy: string;
  readonly scale: Scale;
  readonly nights: number;
  /** of single nights, ln(copy / other copy) or a difference: root of the mean square; null = no two can be compared */
  readonly spread: number | null;
  /** share of nights that only one of two copies ended */
  readonly onlyOne: number;
  /** shares of the drills: the planted slowdown is found, and something is where nothing was planted */
  readonly found: number;
  /** by a gate that compares all of them, each at Holm's strictest level */
  readonly foundAmongAll: number;
  readonly alarms: number;
  /** nights per cluster from which on it is found in 9 of 10 drills; null = not with `mostNights` */
  readonly needed: number | null;
}

/** What is asked of a drill to call it found. */
export const enoughFound = 0.9;
/** Nights per cluster that are tried, the most first: where a few nights are far off, more of them may do worse than fewer. */
const ladder = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
export const mostNights = ladder.at(-1)!;
const drillsPerRung = 200;

/**
 * Would the gate see it? Two versions of a strategy that differ in nothing that means anything are drawn from its shaken copies,
 * clusters and nights with replacement; one of them is then made worse by what is planted, and judged as `gate` does.
 *
 * @param shaken rows of one strategy on one document, by shaken copy; at least two copies
 */
export function drillStrategy(shaken: readonly (readonly Row[])[], ask: DrillAsk): Drill {
  const { metric } = ask;
  const rows = shaken.flat();
  const [{ document, strategy }] = rows as [Row, ...Row[]];
  const scale = scaleOf(rows, metric);
  const copies = shaken.map((copy) => cellsOf(copy, metric.name));
  const clusters = pairsOf(copies, scale);
  const nights = ask.nights ?? Math.max(...clusters.map((own) => own.length));
  const planted = marginOf(rows, metric, scale, ask.plant);
  const allowed = marginOf(rows, metric, scale, ask.maxWorse);
  const shareOf = (by: number, perCluster: number, drills: number, comparisons = 1) => {
    const random = createRandom(JSON.stringify([document, strategy, metric.name, by, perCluster]));
    const drawn = (planting: number) =>
      drawClusters(clusters, { clusters: ask.clusters, nights: perCluster, by: planting }, metric, random);
    const seen = Array.from({ length: drills }, () => {
      const values = drawn(by);
      // two more copies say how large the noise is, as those of a baseline do
      const noise = drawn(0);
      const margin = Math.max(allowed, noise.length === 0 ? 0 : Math.abs(medianOf(noise)));
      return isSeen(values, { margin, metric, comparisons });
    });
    return seen.filter(Boolean).length / drills;
  };
  const all = clusters.flat();
  const known = all.flatMap((pairs) => pairs.filter(Number.isFinite));
  const pairs = all.flat().length;
  return {
    document,
    strategy,
    scale,
    nights,
    spread: known.length === 0 ? null : Math.sqrt(known.reduce((sum, by) => sum + by * by, 0) / known.length),
    onlyOne: pairs === 0 ? 0 : (pairs - known.length) / pairs,
    found: shareOf(planted, nights, ask.drills),
    foundAmongAll: shareOf(planted, nights, ask.drills, ask.comparisons),
    alarms: shareOf(0, nights, ask.drills),
    needed: leastEnough((perCluster) => shareOf(planted, perCluster, drillsPerRung) >= enoughFound),
  };
}

/** The least of the ladder from which on all are enough. */
function leastEnough(isEnough: (nights: number) => boolean): number | null {
  let least: number | null = null;
  for (const nights of ladder.toReversed()) {
    if (!isEnough(nights)) break;
    least = nights;
  }
  return least;
}

/** By cluster and night: copy against copy, one way round. Infinite = only one of the two ended. */
type Residuals = readonly (readonly (readonly number[])[])[];

function pairsOf(copies: readonly Cells[], scale: Scale): Residuals {
  const [first] = copies as readonly [Cells, ...Cells[]];
  return [...first].map(([cluster, nights]) =>
    [...nights.keys()].map((night) => {
      const values = copies.flatMap((copy) => copy.get(cluster)?.get(night) ?? []);
      return values.flatMap((a, i) => values.slice(i + 1).flatMap((b) => residualOf(a, b, scale)));
    }),
  );
}

function residualOf(a: Worth, b: Worth, scale: Scale): number[] {
  if (a === 'out' || b === 'out' || (a === 'charged' && b === 'charged')) return [];
  if (a === 'charged') return [Infinity];
  if (b === 'charged') return [-Infinity];
  return [scale === 'ratio' ? Math.log(a / b) : a - b];
}

interface Draw {
  readonly clusters: number;
  readonly nights: number;
  /** planted, on the scale of the differences */
  readonly by: number;
}

function drawClusters(
  from: Residuals,
  { clusters, nights, by }: Draw,
  metric: Metric,
  random: Random,
): number[] {
  const worse = metric.better === 'lower' ? by : -by;
  return Array.from({ length: clusters }, () => {
    const own = from[random.below(from.length)]!;
    const differences: number[] = [];
    let charged = 0;
    for (let i = 0; i < nights; i++) {
      const pairs = own[random.below(own.length)]!;
      if (pairs.length === 0) continue; // neither ended
      const way = random.below(2) === 0 ? 1 : -1;
      const residual = way * pairs[random.below(pairs.length)]!;
      if (Number.isFinite(residual)) differences.push(residual + worse);
      else charged += Math.sign(residual);
    }
    return differenceOf(charged, differences, metric);
  }).filter((value) => value !== null);
}

interface Seen {
  readonly margin: number;
  readonly metric: Metric;
  readonly comparisons: number;
}

/** As the gate would. */
function isSeen(values: readonly number[], { margin, metric: { better }, comparisons }: Seen): boolean {
  const { p } = signedRank(values);
  const clusters = values.map((by, cluster) => ({ cluster, by }));
  const floor = { ofMedian: margin, ofCluster: margin, copies: 1 };
  const tested = { p, pHolm: Math.min(1, p * comparisons), pairs: comparisons, floor, better };
  const { verdict } = judge({ clusters, nights: noNights }, tested);
  return verdict === (better === 'lower' ? 'more' : 'less');
}

const noNights = { compared: 0, chargedA: 0, chargedB: 0, neither: 0, out: 0, oneSided: 0 };

/** Every strategy on every document that has at least two shaken copies. */
export function drillAll(shaken: readonly (readonly Row[])[], ask: Omit<DrillAsk, 'comparisons'>): Drill[] {
  const groupOf = ({ document, strategy }: Row) => JSON.stringify([document, strategy]);
  const copies = shaken.map((copy) => groupBy(copy, groupOf));
  const groups = [...(copies[0]?.keys() ?? [])];
  return groups.map((group) =>
    drillStrategy(
      copies.map((copy) => copy.get(group) ?? []),
      { ...ask, comparisons: groups.length },
    ),
  );
}
