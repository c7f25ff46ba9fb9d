import { quantileOf } from '../quantile.ts';
import { medianOf } from './median.ts';
import type { Pair } from './pair.ts';
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
export function noiseFloor(plain: Pair, copies: readonly Pair[], scale: Scale): NoiseFloor {
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

const distance = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b));
