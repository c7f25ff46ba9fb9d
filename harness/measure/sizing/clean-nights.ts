// What nights that were simulated say of nights like them: exact binomial limits, one-sided.

/**
 * The share of all nights that meet a target, at least, with this confidence, when `met` of `nights` did.
 *
 * Source: Clopper and Pearson 1934; for met = nights it is (1 - confidence) ^ (1 / nights).
 *
 * @param confidence in (0, 1)
 * @returns in [0, 1)
 */
export function leastShare(met: number, nights: number, confidence: number): number {
  if (met === 0) return 0;
  const alpha = 1 - confidence;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (atLeast(met, nights, middle) > alpha) high = middle;
    else low = middle;
  }
  return low;
}

/** The fewest nights that show such a share when the target is met in all of them. */
export const nightsToShow = (share: number, confidence: number): number =>
  Math.max(1, Math.ceil(Math.log(1 - confidence) / Math.log(share) - 1e-9));

/** How many of the nights may miss the target while such a share is still shown; null = not even none. */
export function missesAllowed(nights: number, share: number, confidence: number): number | null {
  let allowed: number | null = null;
  for (let misses = 0; misses < nights; misses++) {
    if (leastShare(nights - misses, nights, confidence) < share - 1e-9) break;
    allowed = misses;
  }
  return allowed;
}

/** P(X >= met) for X binomial (nights, p). */
function atLeast(met: number, nights: number, p: number): number {
  if (p <= 0) return met === 0 ? 1 : 0;
  if (p >= 1) return 1;
  let logTerm = 0; // of C(nights, k) p^k (1-p)^(nights-k)
  let sum = 0;
  logTerm = nights * Math.log1p(-p);
  for (let k = 0; k <= nights; k++) {
    if (k >= met) sum += Math.exp(logTerm);
    logTerm += Math.log((nights - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
