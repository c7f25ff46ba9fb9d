import { quantileOf } from '../quantile.ts';
import { medianOf } from './median.ts';
import type { Metric } from '../../model/kind.ts';
import { pairUp, type Cells, type Pair } from './pair.ts';
import type { Scale } from './worth.ts';

/** Below these no winner is named. Both on the scale of `ClusterDifference.by`, from 0. */
export interface NoiseFloor {
  /** of the median over clusters */
  readonly ofMedian: number;
  /** of a single cluster */
  readonly ofCluster: number;
  /** number of shaken copies that it was measured on; 0 = a convention */
  readonly copies: number;
}

/** Less than 1 % is called a tie where nothing was measured; of differences, only what is equal. */
const conventional: Readonly<Record<Scale, number>> = { ratio: Math.log(1.01), difference: 0 };

/**
 * What changes that mean nothing do to a comparison: the same two strategies on copies of the same cells with the order of
 * things shuffled, sizes and starts moved a little. The median's floor is the most that it moved, a cluster's what 95 % of
 * clusters and copies stay within.
 *
 * @param copies pairs of the shaken copies; none = nothing was measured
 */
export function noiseFloor(
  plain: Pick<Pair, 'clusters'>,
  copies: readonly Pick<Pair, 'clusters'>[],
  scale: Scale,
): NoiseFloor {
  const first = new Map(plain.clusters.map(({ cluster, by }) => [cluster, by]));
  const moved = copies.map((copy) =>
    copy.clusters.flatMap(({ cluster, by }) =>
      first.has(cluster) ? [{ before: first.get(cluster)!, after: by }] : [],
    ),
  );
  const known = moved.filter((moves) => moves.length > 0);
  if (known.length === 0) return { ofMedian: conventional[scale], ofCluster: conventional[scale], copies: 0 };
  const medians = known.map((moves) =>
    distance(medianOf(moves.map((m) => m.before)), medianOf(moves.map((m) => m.after))),
  );
  const single = known.flatMap((moves) => moves.map((m) => distance(m.before, m.after)));
  return {
    ofMedian: medians.reduce((most, one) => Math.max(most, one), 0),
    ofCluster: quantileOf(single, 0.95)!,
    copies: known.length,
  };
}

/**
 * The same for one strategy: its shaken copies against each other. They differ in nothing that means anything; from the plain
 * cells they may, as a list that is sorted is no chance.
 *
 * @param sides copies of the same cells, by run
 */
export function noiseAmong(
  sides: readonly (readonly Cells[])[],
  metric: Pick<Metric, 'better'>,
  scale: Scale,
): NoiseFloor {
  const pairs = sides.flatMap((copies) =>
    copies.flatMap((a, i) => copies.slice(i + 1).map((b) => pairUp(a, b, metric, scale))),
  );
  const clusters = new Set(pairs.flatMap((pair) => pair.clusters.map(({ cluster }) => cluster)));
  const still = [...clusters].map((cluster) => ({ cluster, by: 0 }));
  return noiseFloor({ clusters: still }, pairs, scale);
}

const distance = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b));
