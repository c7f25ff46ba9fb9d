/** An interval of the median. Infinite where the sample says nothing about that side. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of the median by inversion of the sign test: nothing is assumed of the distribution, not even symmetry, and
 * infinite values are as good as others. Between the two pairs of order statistics whose exact confidence lies around the one
 * asked for it is interpolated; next to an infinite value the outer one is taken.
 *
 * Where hardly any values lie around the median itself, as between two lumps, up to 2 of the 95 % are lost (as simulated in
 * test/property/statistics-coverage.test.ts).
 *
 * @param values any order, n >= 1
 * @param confidence in (0, 1)
 * @returns null = so few values bound nothing: the whole range has less confidence than that (n < 6 for 95 %)
 * Source: Hettmansperger & Sheather, Confidence intervals based on interpolated order statistics, Statistics & Probability
 * Letters 4(2), 1986.
 */
export function signInterval(values: readonly number[], confidence: number): Interval | null {
  const n = values.length;
  const sorted = values.toSorted((a, b) => a - b);
  const tails = lowerTails(n);
  const confidenceOf = (k: number) => 1 - 2 * tails[k - 1]!;
  if (n === 0 || confidenceOf(1) < confidence) return null;
  let k = 1;
  while (k + 1 <= n / 2 && confidenceOf(k + 1) >= confidence) k++;
  const [outer, inner] = [
    confidenceOf(k),
    // the two innermost meet in the median, which has no confidence
    k + 1 <= n / 2 ? confidenceOf(k + 1) : 0,
  ];
  const share = (outer - confidence) / (outer - inner);
  const weight = ((n - k) * share) / (k + (n - 2 * k) * share);
  return {
    low: between(sorted[k - 1]!, sorted[k]!, weight),
    high: between(sorted[n - k]!, sorted[n - k - 1]!, weight),
  };
}

function between(outer: number, inner: number, weight: number): number {
  if (outer === inner || !Number.isFinite(outer)) return outer;
  // an infinite inner one lies on the far side: then the outer one is the whole story
  return Number.isFinite(inner) ? outer + weight * (inner - outer) : outer;
}

/** P(B <= k) for k = 0..n of the number of heads in n tosses. */
function lowerTails(n: number): number[] {
  const logs = [0];
  for (let i = 1; i <= n; i++) logs.push(logs[i - 1]! + Math.log(i));
  let sum = 0;
  return Array.from({ length: n + 1 }, (_, k) => {
    sum += Math.exp(logs[n]! - logs[k]! - logs[n - k]! - n * Math.LN2);
    return Math.min(1, sum);
  });
}
