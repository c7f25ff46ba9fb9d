/** "1 VM", "14 VMs" */
export const countOf = (n: number, noun: string): string => `${n} ${n === 1 ? noun : `${noun}s`}`;

/** "a, b and c" */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
