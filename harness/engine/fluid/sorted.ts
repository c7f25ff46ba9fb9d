// Ascending arrays that stay small: a few hundred entries, where moving memory beats any tree.

/** @returns the first position whose entry is not before `value` */
export function positionOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insertSorted(sorted: number[], value: number): void {
  sorted.splice(positionOf(sorted, value), 0, value);
}

export function removeSorted(sorted: number[], value: number): void {
  sorted.splice(positionOf(sorted, value), 1);
}
