import { describe, expect, test } from 'vitest';
import { hashParts } from '../../harness/kit/hash.ts';
import { createRandom, drawNormal, drawUniform, lnOf } from '../../harness/kit/rng.ts';

const take = (seedText: string, n: number) => {
  const random = createRandom(seedText);
  return Array.from({ length: n }, () => random.next());
};
const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
const lowBit = (i: number, lane: number) => hashParts([i], lane) & 1;
const indices = Array.from({ length: 20_000 }, (_, i) => i);

describe('createRandom', () => {
  test('gives the same stream for the same text, also while another one is drawn from', () => {
    const other = createRandom('night 2');
    const random = createRandom('night 1');
    const interleaved = Array.from({ length: 5 }, () => (other.next(), random.next()));
    expect(interleaved).toEqual(take('night 1', 5));
  });

  test('gives unrelated first numbers for neighbouring texts', () => {
    const firsts = indices.slice(0, 2000).map((i) => take(`night ${i}`, 1)[0]!);
    const products = firsts.slice(1).map((x, i) => (x - 0.5) * (firsts[i]! - 0.5));
    expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(mean(products))).toBeLessThan(0.0075); // 4 standard errors of 1/12/sqrt(2000)
  });

  test('draws whole numbers below n, each of them', () => {
    const random = createRandom('dice');
    const seen = new Set(Array.from({ length: 200 }, () => random.below(6)));
    expect([...seen].toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(createRandom('one').below(1)).toBe(0);
  });

  // May look arbitrary; it must not change, or every published night changes.
  test('keeps its numbers', () => {
    expect(take('proxybench', 3)).toMatchInlineSnapshot(`
      [
        0.03753515488610859,
        0.543677088118945,
        0.20332581193148935,
      ]
    `);
    expect(drawUniform(['night', 1, 'vm', 'sql-17', 0.5])).toMatchInlineSnapshot(`0.6555363179991646`);
    expect(drawNormal(['night', 1, 'vm', 'sql-17'])).toMatchInlineSnapshot(`0.09638497178896806`);
  });
});

describe('drawUniform', () => {
  test.each([
    [['ab'], ['a', 'b']],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [['a', ''], ['a']],
    [[], ['']],
    [[1], ['1']],
    [[1], [1, 0]],
    [[0.5], [-0.5]],
    [[0], [0, 0]],
    [[2 ** 32], [0]],
    [[2 ** 32 + 1], [1]],
  ])('keeps %j and %j apart', (a, b) => {
    expect(drawUniform(a)).not.toBe(drawUniform(b));
  });

  test('takes -0 for 0', () => {
    expect(drawUniform([-0])).toBe(drawUniform([0]));
  });

  test('is uniform over neighbouring parts', () => {
    const draws = indices.map((i) => drawUniform([1, 'vm', `vm-${i}`]));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const counts = Array.from({ length: 20 }, (_, k) => draws.filter((x) => Math.floor(20 * x) === k).length);
    const chiSquare = counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(44); // 19 degrees of freedom: p = 0.001
  });

  test('uses lanes that are independent of each other', () => {
    const agree = indices.filter((i) => lowBit(i, 5) === lowBit(i, 6)).length;
    expect(Math.abs(agree / indices.length - 0.5)).toBeLessThan(0.014); // 4 standard errors of 0.5 / sqrt(20000)
  });
});

describe('drawNormal', () => {
  test('has the moments and tails of a standard normal', () => {
    const draws = indices.map((i) => drawNormal(['night', i]));
    expect(Math.abs(mean(draws))).toBeLessThan(0.03); // standard error 0.007
    expect(Math.abs(mean(draws.map((x) => x * x)) - 1)).toBeLessThan(0.04); // 0.01
    expect(Math.abs(draws.filter((x) => Math.abs(x) > 1.959964).length / draws.length - 0.05)).toBeLessThan(
      0.007,
    );
  });
});

test('lnOf agrees with the logarithm', () => {
  for (const x of [1, 0.999, 0.75, 0.7, 0.5, 0.1, 1e-9, 2 ** -53])
    expect(Math.abs(lnOf(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(x))));
});
