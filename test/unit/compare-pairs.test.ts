import { describe, expect, test } from 'vitest';
import { compareStrategies } from '../../harness/measure/compare/compare.ts';
import { pairSentence } from '../../harness/measure/compare/comparison-text.ts';
import type { Metric, Outcome, Row } from '../../harness/model/kind.ts';

const metric: Metric = {
  name: 't',
  label: 'Time',
  unit: 's',
  better: 'lower',
  definition: 'a time',
  version: 1,
};

type Value = number | null | Outcome['status'];

const row = (strategy: string, clusterSeed: number, nightSeed: number, value: Value): Row => ({
  document: 'estate',
  documentHash: 'h',
  strategy,
  clusterSeed,
  nightSeed,
  outcome: {
    status: typeof value === 'string' ? value : 'ok',
    message: null,
    metrics: typeof value === 'string' ? {} : { t: value, seed: clusterSeed },
    notes: {},
    series: {},
  },
});

/** by strategy, cluster and night */
const rowsOf = (values: Readonly<Record<string, readonly (readonly Value[])[]>>): Row[] =>
  Object.entries(values).flatMap(([strategy, clusters]) =>
    clusters.flatMap((nights, c) => nights.map((value, n) => row(strategy, c + 1, n + 1, value))),
  );

const compare = (values: Parameters<typeof rowsOf>[0], shaken: Parameters<typeof rowsOf>[0][] = []) =>
  compareStrategies(rowsOf(values), shaken.map(rowsOf), { metric, baseline: null });

const eight = (of: (cluster: number) => readonly Value[]) => Array.from({ length: 8 }, (_, c) => of(c));

describe('pairs', () => {
  test('nights are averaged: the cluster is what is counted', () => {
    const { pairs, nights } = compare({ a: eight((c) => [80, 90 + c]), b: eight(() => [100, 100]) });
    expect(nights).toBe(2);
    expect(pairs[0]).toMatchObject({ clusters: 8, verdict: 'less', wins: 8, losses: 0 });
    expect(pairs[0]!.nights.compared).toBe(16);
    expect(pairs[0]!.median).toBeCloseTo((Math.log(0.8) + Math.log(0.935)) / 2, 3);
  });

  test('a night that only the other ended is lost, one that neither ended says nothing', () => {
    const { pairs } = compare({
      a: eight(() => [50, null]),
      b: eight((c) => [c === 0 ? null : 100, c === 0 ? null : 100]),
    });
    expect(pairs[0]).toMatchObject({ wins: 1, losses: 7 });
    expect(pairs[0]!.nights).toMatchObject({ compared: 7, chargedA: 7, chargedB: 1, neither: 1 });
  });

  test('a crash is charged; what could not be computed is left out on both sides', () => {
    const { pairs } = compare({
      a: [['crashed'], ['timeout'], ['unsupported'], [1]],
      b: [[1], [1], [1], [2]],
    });
    expect(pairs[0]!.nights).toMatchObject({ compared: 1, chargedA: 1, out: 2 });
    expect(pairs[0]!.clusters).toBe(2);
  });

  test('cells that only one of them has are counted, not compared', () => {
    const { pairs } = compare({ a: [[1], [2]], b: [[1]] });
    expect(pairs[0]!.nights).toMatchObject({ compared: 1, oneSided: 1 });
  });

  test('cluster seeds of a written document repeat one cluster: they are no replicates', () => {
    const same = (strategy: string, value: number) =>
      Array.from({ length: 9 }, (_, c) => ({ ...row(strategy, 1, 1, value), clusterSeed: c + 1 }));
    const { pairs, clusters, repeated } = compareStrategies([...same('a', 1), ...same('b', 2)], [], {
      metric,
      baseline: null,
    });
    expect([clusters, repeated, pairs[0]!.clusters]).toEqual([1, 8, 1]);
    expect(pairs[0]!.verdict).toBe('cannot-say');
  });

  test('a value of 0 makes ratios differences', () => {
    expect(compare({ a: [[0]], b: [[1]] }).scale).toBe('difference');
    expect(compare({ a: [[1]], b: [[1]] }).scale).toBe('ratio');
  });

  test('more pairs need more clusters', () => {
    const values = Object.fromEntries(
      Array.from({ length: 6 }, (_, s) => [`s${s}`, eight((c) => [10 ** s + c])]),
    );
    const { pairs, fewestClusters } = compare(values);
    expect([pairs.length, fewestClusters]).toEqual([15, 10]);
    expect(new Set(pairs.map(({ verdict }) => verdict))).toEqual(new Set(['cannot-say']));
  });
});

describe('the noise', () => {
  const plain = { a: eight((c) => [90 + c / 10]), b: eight(() => [100]) };

  test('no winner is named below it', () => {
    const shaken = { a: eight((c) => [108 + c / 10]), b: eight(() => [100]) };
    const { pairs } = compare(plain, [shaken]);
    expect(compare(plain).pairs[0]!.verdict).toBe('less');
    expect(pairs[0]).toMatchObject({ verdict: 'tie', wins: 0, ties: 8 });
    expect(pairs[0]!.floor.ofMedian).toBeCloseTo(Math.log(108.35 / 90.35), 3);
  });

  test('a difference under 1 % is a tie where none was measured', () => {
    const { pairs } = compare({ a: eight((c) => [99.5 + c / 100]), b: eight(() => [100]) });
    expect(pairs[0]!.verdict).toBe('tie');
  });
});

test('sentences carry the numbers and the n', () => {
  const comparison = compare({ a: eight((c) => [80 + c]), b: eight(() => [100]) });
  expect(pairSentence(comparison.pairs[0]!, comparison)).toBe(
    'a is better than b: 17 % less (95 % sure: 19 % less to 14 % less), better in 8 of 8 clusters, worse in 0, alike in 0, p = 0.0078.',
  );
});
