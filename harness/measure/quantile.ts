/**
 * Quantile by linear interpolation between order statistics.
 *
 * @param sorted ascending, length n >= 1, any unit
 * @param p in [0, 1]
 * @returns same unit as `sorted`
 * @throws {RangeError} for an empty sample or p outside [0, 1]
 *
 * Source: Hyndman & Fan 1996, definition 7 (the default of R's `quantile`).
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('an empty sample has no quantile');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p is in [0, 1], not ${p}`);
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  // equal neighbours first: two infinities have no difference
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}

/** Quantile of ascending numbers; null for none. */
export const quantileOfSorted = (sorted: ArrayLike<number>, p: number): number | null =>
  sorted.length === 0 ? null : quantile(sorted, p);

/** Quantile of numbers in any order; null for none. */
export const quantileOf = (values: readonly number[], p: number): number | null =>
  values.length === 0
    ? null
    : quantile(
        [...values].toSorted((a, b) => a - b),
        p,
      );
