import { InvalidArgumentError } from 'commander';

/** @throws {InvalidArgumentError} unless it is a whole number of at least 1 */
export function parseCount(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from 1 to ${most}`);
  };
}

/** @throws {InvalidArgumentError} unless it is a number of seconds above 0 */
export function parseSeconds(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/u.test(text) && value > 0 && value <= longestS) return value;
  throw new InvalidArgumentError(`expected seconds above 0, at most ${longestS}`);
}

// a timer holds 2 ** 31 ms
const longestS = 2_000_000;

export const collect = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  text,
];
