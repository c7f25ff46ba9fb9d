import { groupBy } from '../../kit/group.ts';
import type { Metric, Row } from '../../model/kind.ts';
import { distinctClusters } from './distinct-clusters.ts';
import { friedman } from './friedman.ts';
import { worthOf, type Worth } from './worth.ts';

export interface Ranking {
  /** the best first */
  readonly ranks: readonly { readonly strategy: string; readonly meanRank: number }[];
  /** of Friedman's test: do they differ at all */
  readonly p: number;
  readonly clusters: number;
  /** without a night that every strategy was computed for */
  readonly leftOut: number;
}

/**
 * Mean ranks over clusters, 1 = the best. In a cluster those that ended more nights are ahead; among equals the mean of what
 * they ended decides.
 *
 * @param rows of one document
 * @returns null = fewer than two strategies, or no cluster
 */
export function rankStrategies(rows: readonly Row[], metric: Metric): Ranking | null {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  const clusters = [...groupBy(distinctClusters(rows).kept, (row) => row.clusterSeed).values()];
  const places = clusters.flatMap((own) => {
    const nights = commonNights(own, strategies, metric.name);
    return nights.length === 0 ? [] : [placesOf(strategies, nights, metric)];
  });
  if (strategies.length < 2 || places.length === 0) return null;
  const { meanRanks, p } = friedman(places);
  const ranks = strategies.map((strategy, i) => ({ strategy, meanRank: meanRanks[i]! }));
  return {
    ranks: ranks.toSorted((a, b) => a.meanRank - b.meanRank),
    p,
    clusters: places.length,
    leftOut: clusters.length - places.length,
  };
}

/** What every strategy made of each night that all of them were computed for. */
export function commonNights(
  rows: readonly Row[],
  strategies: readonly string[],
  metric: string,
): ReadonlyMap<string, Exclude<Worth, 'out'>>[] {
  const nights = groupBy(rows, ({ clusterSeed, nightSeed }) => `${clusterSeed} ${nightSeed}`);
  return [...nights.values()].flatMap((own) => {
    const worths = new Map(own.map((row) => [row.strategy, worthOf(row, metric)]));
    const known = [...worths].flatMap(([strategy, worth]) =>
      worth === 'out' ? [] : [[strategy, worth] as const],
    );
    return known.length === strategies.length ? [new Map(known)] : [];
  });
}

function placesOf(
  strategies: readonly string[],
  nights: readonly ReadonlyMap<string, Exclude<Worth, 'out'>>[],
  { better }: Metric,
): number[] {
  const scores = strategies.map((strategy) => {
    const values = nights.flatMap((night) => {
      const worth = night.get(strategy)!;
      return worth === 'charged' ? [] : [worth];
    });
    const mean = values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length;
    return { charged: nights.length - values.length, mean: better === 'lower' ? mean : -mean };
  });
  const isAhead = (a: (typeof scores)[number], b: (typeof scores)[number]) =>
    a.charged < b.charged || (a.charged === b.charged && a.mean < b.mean);
  return scores.map((score) => scores.filter((other) => isAhead(other, score)).length);
}
