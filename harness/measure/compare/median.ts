/** Of at least one value; of two infinities of both signs in the middle, 0. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const high = sorted[Math.floor(sorted.length / 2)]!;
  return low === high ? low : low === -high ? 0 : (low + high) / 2;
}
