/**
 * Cuts a list into consecutive runs whose sizes are as their shares: an item belongs to the run that holds its middle.
 *
 * @param shares above 0; where there is none, there is no run
 * @returns one run per share; some may be empty
 */
export function cutRuns<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  shares: readonly number[],
): T[][] {
  const runs: T[][] = shares.map(() => []);
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const allShares = shares.reduce((a, b) => a + b, 0);
  let before = 0;
  let shareBefore = 0;
  let run = 0;
  for (const item of shares.length === 0 ? [] : items) {
    const middle = before + sizeOf(item) / 2;
    // a run ends at total * (its share and those before it) / all shares; multiplied out, so that nothing is rounded
    while (run < shares.length - 1 && middle * allShares > total * (shareBefore + shares[run]!))
      shareBefore += shares[run++]!;
    runs[run]!.push(item);
    before += sizeOf(item);
  }
  return runs;
}
