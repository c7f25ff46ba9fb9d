import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../model/strategy.ts';
import { type HashPart, hashParts } from './hash.ts';

/** A stream of chance named by a text: neighbouring names give unrelated streams, as seed + i would not. */
export function createRandom(seedText: string): Random {
  const parts = [seedText];
  const generator = xoroshiro128plusFromState([1, 2, 3, 4].map((lane) => hashParts(parts, lane)));
  return {
    next: () => uniformFloat64(generator),
    below: (n) => uniformInt(generator, 0, n - 1),
  };
}

/** A number in [0, 1) that depends on the parts alone: what is drawn by key does not shift when something else is drawn. */
export function drawUniform(parts: readonly HashPart[]): number {
  const high = hashParts(parts, 5) >>> 5; // 27 bits
  const low = hashParts(parts, 6) >>> 6; // 26 bits
  return (high * 0x4000000 + low) * 2 ** -53;
}

/**
 * A standard normal number that depends on the parts alone, by the polar method. Only arithmetic and square roots, which every
 * engine rounds alike.
 */
export function drawNormal(parts: readonly HashPart[]): number {
  for (let attempt = 0; ; attempt++) {
    const u = 2 * drawUniform([...parts, 'u', attempt]) - 1;
    const v = 2 * drawUniform([...parts, 'v', attempt]) - 1;
    const square = u * u + v * v;
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * lnOf(square)) / square);
  }
}

/**
 * Natural logarithm by arithmetic alone (`Math.log` may differ between engines in the last digit).
 *
 * @param x in (0, 1]
 */
export function lnOf(x: number): number {
  let mantissa = x;
  let halvings = 0;
  for (; mantissa < Math.SQRT1_2; halvings++) mantissa *= 2; // exact
  const s = (mantissa - 1) / (mantissa + 1); // ln m = 2 (s + s^3/3 + s^5/5 + ...), |s| < 0.18
  let sum = 0;
  for (let power = 23; power >= 1; power -= 2) sum = sum * s * s + 1 / power;
  return 2 * s * sum - halvings * Math.LN2;
}
