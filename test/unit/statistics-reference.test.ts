import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { friedman } from '../../harness/measure/compare/friedman.ts';
import { holm } from '../../harness/measure/compare/holm.ts';
import { signInterval } from '../../harness/measure/compare/sign-interval.ts';
import { midRanks, signedRank } from '../../harness/measure/compare/signed-rank.ts';
import { chiSquareUpper, normalCdf, normalQuantile } from '../../harness/measure/compare/special.ts';

// Values of SciPy: fixtures/statistics/reference-values.py made them, the file names the version.

interface Reference {
  readonly source: string;
  readonly signedRankExact: readonly { name: string; values: number[]; p: number }[];
  readonly signedRankNormal: readonly { name: string; values: number[]; p: number }[];
  readonly friedman: readonly { name: string; rows: number[][]; statistic: number; p: number }[];
  readonly normalCdf: readonly { z: number; p: number }[];
  readonly chiSquareUpper: readonly { x: number; freedom: number; p: number }[];
  readonly signConfidence: readonly { n: number; k: number; confidence: number }[];
  readonly midRanks: readonly { values: number[]; ranks: number[] }[];
  readonly holm: { ps: number[]; adjusted: number[] };
}

const file = new URL('../../fixtures/statistics/reference-values.json', import.meta.url);
const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference;

describe('against SciPy', () => {
  it.each(reference.signedRankExact)('signed-rank, exact: $name', ({ values, p }) => {
    expect(signedRank(values).p).toBeCloseTo(p, 10);
    expect(signedRank(values.map((v) => -v)).p).toBeCloseTo(p, 10);
  });

  // SciPy leaves out the half step towards the mean: at 200 values that is the fourth digit
  it.each(reference.signedRankNormal)('signed-rank, by the normal distribution: $name', ({ values, p }) => {
    expect(signedRank(values).p).toBeCloseTo(p, 2);
    expect(signedRank(values).p).toBeGreaterThan(p);
  });

  it.each(reference.friedman)('Friedman: $name', ({ rows, statistic, p }) => {
    expect(friedman(rows).statistic).toBeCloseTo(statistic, 9);
    expect(friedman(rows).p).toBeCloseTo(p, 10);
  });

  it('normal and chi-square tails', () => {
    for (const { z, p } of reference.normalCdf) expect(normalCdf(z)).toBeCloseTo(p, 11);
    for (const { z, p } of reference.normalCdf) expect(normalQuantile(p)).toBeCloseTo(z, 5);
    for (const { x, freedom, p } of reference.chiSquareUpper)
      expect(chiSquareUpper(x, freedom)).toBeCloseTo(p, 11);
  });

  it('ranks that are shared, and Holm', () => {
    for (const { values, ranks } of reference.midRanks) expect(midRanks(values)).toEqual(ranks);
    const { ps, adjusted } = reference.holm;
    holm(ps).forEach((p, i) => expect(p).toBeCloseTo(adjusted[i]!, 12));
  });

  // asked for exactly the confidence of two order statistics, the interval is those two
  it.each(reference.signConfidence)('order statistics $k of $n', ({ n, k, confidence }) => {
    const values = Array.from({ length: n }, (_, i) => i + 1);
    const { low, high } = signInterval(values, confidence - 1e-12)!;
    expect(low).toBeCloseTo(k, 6);
    expect(high).toBeCloseTo(n + 1 - k, 6);
  });
});

describe('the exact signed-rank test', () => {
  it('counts every change of signs', () => {
    for (const values of [[1, 1, 2, -3, 0, 4], [0.5, -0.5, 0, 0, 2], [3], [0, 0], [-1, Infinity, Infinity]])
      expect(signedRank(values).p).toBeCloseTo(bySigns(values), 12);
  });
});

/** Slow twin: goes through all signs of what is not zero. */
function bySigns(values: readonly number[]): number {
  const ranks = midRanks(values.map(Math.abs)).filter((_, i) => values[i] !== 0);
  const signs = values.filter((v) => v !== 0).map(Math.sign);
  const total = ranks.reduce((sum, r) => sum + r, 0);
  const off = (of: readonly number[]) =>
    Math.abs(ranks.reduce((sum, r, i) => sum + (of[i]! > 0 ? r : 0), 0) - total / 2);
  const all = Array.from({ length: 2 ** ranks.length }, (_, code) =>
    ranks.map((_r, i) => ((code >> i) & 1 ? 1 : -1)),
  );
  return all.filter((of) => off(of) >= off(signs) - 1e-9).length / all.length;
}
