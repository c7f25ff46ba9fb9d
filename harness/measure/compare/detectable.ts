import type { Interval } from './sign-interval.ts';
import { normalQuantile } from './special.ts';
import { level } from './verdict.ts';

/** How often a difference of that size would have been found. */
export const power = 0.9;

/**
 * The least true difference that a comparison of this width finds nine times in ten. An estimate: the standard error of
 * the median is read off its interval, and that of the signed-rank statistic taken as for normal spreads (0.8 of it).
 *
 * @param pairs in Holm's family
 * @param floor of the median
 * @returns on the scale of the interval; null = the interval is open
 */
export function leastDetectable(interval: Interval | null, pairs: number, floor: number): number | null {
  if (interval === null || !Number.isFinite(interval.high - interval.low)) return null;
  const error = (interval.high - interval.low) / 2 / normalQuantile(1 - level / 2);
  const found = normalQuantile(power);
  return Math.max(
    (normalQuantile(1 - level / 2) + found) * error,
    (normalQuantile(1 - level / 2 / pairs) + found) * error * rankEfficiency,
    floor + found * error,
  );
}

/** Square root of the efficiency of the median against the signed rank, for normal spreads: sqrt(2/3). */
const rankEfficiency = 0.8165;
