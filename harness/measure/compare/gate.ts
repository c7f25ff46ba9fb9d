import { groupBy } from '../../kit/group.ts';
import type { Metric, Row } from '../../model/kind.ts';
import { judge, type PairResult } from './compare.ts';
import { distinctClusters } from './distinct-clusters.ts';
import { holm } from './holm.ts';
import { medianOf } from './median.ts';
import { noiseAmong } from './noise.ts';
import { cellsOf, pairUp } from './pair.ts';
import { signedRank } from './signed-rank.ts';
import { scaleOf, type Scale } from './worth.ts';

export type GateVerdict = 'pass' | 'fail' | 'inconclusive';

/** One strategy on one document, as it is now (a) against what it was (b). */
export interface GateResult extends PairResult {
  readonly document: string;
  readonly strategy: string;
  readonly metric: Metric;
  readonly scale: Scale;
  /** on the scale of the median: so much worse is put up with, or is noise */
  readonly margin: number;
  /** the noise is more than what is put up with */
  readonly isNoise: boolean;
  /** every value is what it was */
  readonly isSame: boolean;
  readonly gate: GateVerdict;
}

/** One side: the cells, and those of its shaken copies, by copy. */
export interface GateSide {
  readonly rows: readonly Row[];
  readonly shaken: readonly (readonly Row[])[];
}

/**
 * Whether strategies got worse. Fails where that is shown (signed-rank adjusted by Holm over all that changed, and an
 * interval on the worse side of "no change") and the median is worse by more than the margin: the share that is put up with,
 * or the noise where that is more. Passes where the interval lies within the margin, or where nothing changed at all.
 *
 * @param before of the same documents, seeds and strategies as `now` where both have them
 * @param share 0.01 = 1 % worse; of percentages, so many hundredths of a point
 */
export function gateStrategies(
  before: GateSide,
  now: GateSide,
  metrics: readonly Metric[],
  share: number,
): GateResult[] {
  const old = byGroup(before.rows);
  const copies = [before, now].map(({ shaken }) => shaken.map(byGroup));
  const compared = [...byGroup(now.rows)].flatMap(([group, own]) => {
    const was = old.get(group);
    if (was === undefined) return [];
    const ofGroup = copies.map((side) => side.map((copy) => copy.get(group) ?? []));
    return metrics.map((metric) => pairOf({ was, now: own, copies: ofGroup }, metric, share));
  });
  const tested = compared.map(({ pair, isSame }) =>
    isSame ? 1 : signedRank(pair.clusters.map(({ by }) => by)).p,
  );
  const changed = compared.flatMap(({ isSame }, i) => (isSame ? [] : [i]));
  const adjusted = new Map(holm(changed.map((i) => tested[i]!)).map((p, place) => [changed[place]!, p]));
  return compared.map(({ pair, noise, ...one }, i) => {
    const floor = { ...noise, ofMedian: one.margin };
    const evidence = { p: tested[i]!, pHolm: adjusted.get(i) ?? 1, pairs: Math.max(1, changed.length) };
    const result = judge(pair, { ...evidence, floor, better: one.metric.better });
    return { a: 'now', b: 'before', ...result, ...one, gate: gateOf(result, one) };
  });
}

const byGroup = (rows: readonly Row[]): Map<string, Row[]> =>
  groupBy(rows, ({ document, strategy }) => JSON.stringify([document, strategy]));

interface Group {
  readonly was: readonly Row[];
  readonly now: readonly Row[];
  /** of either side, by copy */
  readonly copies: readonly (readonly (readonly Row[])[])[];
}

function pairOf({ was, now, copies }: Group, metric: Metric, share: number) {
  const scale = scaleOf([...was, ...now, ...copies.flat(2)], metric);
  const [{ document, strategy }] = now as readonly [Row, ...Row[]];
  // seeds that repeat a cluster repeat it on both sides: what differs on either counts
  const kept = new Set(
    [was, now].flatMap((rows) => distinctClusters(rows).kept.map((row) => row.clusterSeed)),
  );
  const cells = (rows: readonly Row[]) =>
    cellsOf(
      rows.filter((row) => kept.has(row.clusterSeed)),
      metric.name,
    );
  const pair = pairUp(cells(now), cells(was), metric, scale);
  const noise = noiseAmong(
    copies.map((side) => side.map(cells)),
    metric,
    scale,
  );
  const allowed = marginOf(was, metric, scale, share);
  const isNoise = noise.copies > 0 && noise.ofMedian > allowed;
  return {
    document,
    strategy,
    metric,
    scale,
    pair,
    noise,
    margin: isNoise ? noise.ofMedian : allowed,
    isNoise,
    isSame: pair.nights.oneSided + pair.nights.out === 0 && pair.clusters.every(({ by }) => by === 0),
  };
}

/** On the scale of the differences. */
export function marginOf(was: readonly Row[], { name, unit }: Metric, scale: Scale, share: number): number {
  if (scale === 'ratio') return Math.log(1 + share);
  if (unit.startsWith('%')) return 100 * share;
  const values = was.flatMap(({ outcome }) => outcome.metrics[name] ?? []);
  return values.length === 0 ? 0 : share * Math.abs(medianOf(values));
}

/** Rounding alone moves no verdict. */
const slack = 1e-9;

function gateOf(
  { interval, verdict }: Omit<PairResult, 'a' | 'b'>,
  { margin, metric, isSame }: Pick<GateResult, 'margin' | 'metric' | 'isSame'>,
): GateVerdict {
  if (isSame) return 'pass';
  if (interval === null) return 'inconclusive';
  const isLowerBetter = metric.better === 'lower';
  if (verdict === (isLowerBetter ? 'more' : 'less')) return 'fail';
  return (isLowerBetter ? interval.high : -interval.low) <= margin + slack ? 'pass' : 'inconclusive';
}
