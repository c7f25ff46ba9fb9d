/**
 * The candidate with the least keys: the first key decides, among equals the next, at last the lowest id.
 *
 * @returns null = no candidate
 */
export function pickMin(
  candidates: Iterable<number>,
  ...keys: readonly ((candidate: number) => number)[]
): number | null {
  let best: number | null = null;
  for (const candidate of candidates) if (best === null || isBefore(candidate, best, keys)) best = candidate;
  return best;
}

function isBefore(a: number, b: number, keys: readonly ((candidate: number) => number)[]): boolean {
  for (const key of keys) {
    const difference = key(a) - key(b);
    if (difference < 0) return true;
    if (difference > 0) return false;
  }
  return a < b;
}
