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

/** "8h", "90min" or a number of hours. @throws {InvalidArgumentError} */
export function parseHours(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)\s*(h|min)?$/u.exec(text.trim()) ?? [];
  const hours = Number(value) / (unit === 'min' ? 60 : 1);
  if (value !== undefined && hours >= 0.01 && hours <= 1000) return hours;
  throw new InvalidArgumentError('expected hours as 8h, or minutes as 90min');
}

/** "99%" or "0.99", as a share. @throws {InvalidArgumentError} unless it is above 0 and at most 1 */
export function parseShare(text: string): number {
  const [, value, percent] = /^(\d+(?:\.\d+)?)\s*(%)?$/u.exec(text.trim()) ?? [];
  const share = Number(value) / (percent === undefined ? 1 : 100);
  if (value !== undefined && share > 0 && share <= 1) return share;
  throw new InvalidArgumentError('expected a share, as 99% or 0.99');
}
