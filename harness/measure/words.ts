/** "1 VM", "14 VMs" */
export const countOf = (n: number, noun: string): string => `${n} ${n === 1 ? noun : `${noun}s`}`;

/** "a, b and c" */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Three digits are enough for a sentence: "0.25", "12.5", "1,234". */
export function numberOf(value: number): string {
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+$)/gu, ',');
}
