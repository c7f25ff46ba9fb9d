import { leastP } from './signed-rank.ts';
import type { Interval } from './sign-interval.ts';

export type Verdict =
  | 'less' // a's values are lower
  | 'more'
  | 'tie' // they differ by less than the noise, and that is sure
  | 'below-noise' // they differ, but by less than the noise: no winner
  | 'undecided'
  | 'cannot-say'; // so few clusters show nothing, whatever they say

export interface Evidence {
  readonly clusters: number;
  readonly median: number;
  readonly interval: Interval | null;
  /** of the signed-rank test, adjusted by Holm */
  readonly p: number;
  /** in Holm's family */
  readonly pairs: number;
  readonly floor: number;
}

/** Chance of a false alarm that is put up with. */
export const level = 0.05;

/**
 * A winner needs all three: the signed-rank test, adjusted for the number of pairs; an interval of the median that leaves out
 * "no difference"; and more than the noise. The test alone would take a lopsided spread for a shift of the median.
 */
export function verdictOf({ clusters, median, interval, p, pairs, floor }: Evidence): Verdict {
  if (interval === null) return 'cannot-say';
  const { low, high } = interval;
  if (low >= -floor && high <= floor) return 'tie';
  if (leastP(clusters) * pairs > level) return 'cannot-say';
  const isShown = p <= level && (low > 0 || high < 0);
  if (!isShown) return 'undecided';
  if (Math.abs(median) <= floor) return 'below-noise';
  return median < 0 ? 'less' : 'more';
}

/** So many clusters at least, for so many pairs. */
export function fewestClusters(pairs: number): number {
  let n = 6; // below, no interval of the median has 95 %
  while (leastP(n) * pairs > level) n++;
  return n;
}
