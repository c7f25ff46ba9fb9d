/**
 * Adjusts p-values of one family so that the chance of any false alarm in it stays below the level.
 *
 * @returns in the order given
 * Source: Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6(2), 1979.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).toSorted((a, b) => ps[a]! - ps[b]!);
  const adjusted = ps.map(() => 1);
  let most = 0;
  for (const [place, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (ps.length - place) * ps[i]!));
    adjusted[i] = most;
  }
  return adjusted;
}
