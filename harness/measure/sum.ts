/** Sum in list order, so that it is the same number on every machine. */
export function sumOf<T>(list: readonly T[], valueOf: (item: T, index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < list.length; i++) sum += valueOf(list[i]!, i);
  return sum;
}

/** A share; null where there is nothing to share. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

export const percent = (part: number, whole: number): number | null =>
  whole > 0 ? (100 * part) / whole : null;

/** The largest of a list of any length; null for an empty one. */
export function maxOf<T>(list: readonly T[], valueOf: (item: T) => number): number | null {
  let max: number | null = null;
  for (const item of list) {
    const value = valueOf(item);
    if (max === null || value > max) max = value;
  }
  return max;
}
