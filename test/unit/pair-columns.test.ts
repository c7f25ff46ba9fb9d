import { expect, it } from 'vitest';
import type { PairResult } from '../../harness/measure/compare/compare.ts';
import { pairColumns, pairValues } from '../../harness/measure/compare/pair-columns.ts';

it('has each value of a pair below its own name', () => {
  const pair = {
    clusters: 12,
    median: 0.2,
    interval: { low: 0.1, high: Infinity },
    wins: 9,
    losses: 2,
    ties: 1,
    p: 0.01,
    pHolm: 0.03,
    verdict: 'more',
  } as PairResult;
  const values = pairValues({ scale: 'ratio' }, pair);
  expect(Object.fromEntries(pairColumns.map((name, i) => [name, values[i]]))).toEqual({
    scale: 'ratio',
    clusters: 12,
    median: 0.2,
    low: 0.1,
    high: Infinity,
    wins: 9,
    losses: 2,
    ties: 1,
    p: 0.01,
    p_holm: 0.03,
    verdict: 'more',
  });
  expect(values).toHaveLength(pairColumns.length);
});
