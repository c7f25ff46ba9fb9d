import type { Metric, Row } from '../../model/kind.ts';
import { groupBy } from '../../kit/group.ts';
import { worthOf, type Scale, type Worth } from './worth.ts';

/** A strategy's cells: by cluster, then by night. */
export type Cells = ReadonlyMap<number, ReadonlyMap<number, Worth>>;

export const cellsOf = (rows: readonly Row[], metric: string): Cells =>
  new Map(
    [...groupBy(rows, (row) => row.clusterSeed)].map(([cluster, own]) => [
      cluster,
      new Map(own.map((row) => [row.nightSeed, worthOf(row, metric)])),
    ]),
  );

/** Nights of two strategies, and what became of them. */
export interface NightCounts {
  /** both have a value */
  readonly compared: number;
  /** only the other has one */
  readonly chargedA: number;
  readonly chargedB: number;
  /** neither has one: says nothing */
  readonly neither: number;
  /** left out on both sides: one could not be computed */
  readonly out: number;
  /** one has no such cell */
  readonly oneSided: number;
}

export interface ClusterDifference {
  readonly cluster: number;
  /** ln(a / b), or a - b; infinite where the nights that only one of them ended decide */
  readonly by: number;
}

export interface Pair {
  /** of the clusters that say something, ascending */
  readonly clusters: readonly ClusterDifference[];
  readonly nights: NightCounts;
}

/**
 * Two strategies, cluster by cluster. The cluster is the replicate: its nights are averaged. A cluster in which one of them
 * ended more nights than the other counts for that one, whatever the times: protected first, speed second.
 */
export function pairUp(a: Cells, b: Cells, metric: Pick<Metric, 'better'>, scale: Scale): Pair {
  const nights = { compared: 0, chargedA: 0, chargedB: 0, neither: 0, out: 0, oneSided: 0 };
  const clusters: ClusterDifference[] = [];
  for (const cluster of union(a, b)) {
    const before = { ...nights };
    const differences: number[] = [];
    const [ofA, ofB] = [a.get(cluster) ?? none, b.get(cluster) ?? none];
    for (const night of union(ofA, ofB)) {
      const [x, y] = [ofA.get(night), ofB.get(night)];
      if (x === undefined || y === undefined) nights.oneSided++;
      else if (x === 'out' || y === 'out') nights.out++;
      else if (x === 'charged' && y === 'charged') nights.neither++;
      else if (x === 'charged') nights.chargedA++;
      else if (y === 'charged') nights.chargedB++;
      else {
        nights.compared++;
        differences.push(scale === 'ratio' ? Math.log(x / y) : x - y);
      }
    }
    const charged = nights.chargedA - before.chargedA - (nights.chargedB - before.chargedB);
    const by = differenceOf(charged, differences, metric);
    if (by !== null) clusters.push({ cluster, by });
  }
  return { clusters, nights };
}

/**
 * Of one cluster: the mean over its nights, or infinite where one side ended more of them.
 *
 * @param charged nights that only b ended, less those that only a did
 * @param differences ln(a / b) or a - b of the nights that both ended
 * @returns null = nothing is said
 */
export function differenceOf(
  charged: number,
  differences: readonly number[],
  { better }: Pick<Metric, 'better'>,
): number | null {
  const worst = better === 'lower' ? Infinity : -Infinity;
  if (charged !== 0) return charged > 0 ? worst : -worst;
  return differences.length > 0 ? meanOf(differences) : null;
}

const none: ReadonlyMap<number, Worth> = new Map();

const union = (a: ReadonlyMap<number, unknown>, b: ReadonlyMap<number, unknown>): number[] =>
  [...new Set([...a.keys(), ...b.keys()])].toSorted((x, y) => x - y);

const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
