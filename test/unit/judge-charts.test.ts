import { describe, expect, it } from 'vitest';
import { profileOf } from '../../harness/measure/compare/profile.ts';
import { rankStrategies } from '../../harness/measure/compare/ranks.ts';
import type { CellStatus, Metric, Row } from '../../harness/model/kind.ts';
import { renderJudged } from '../../harness/report/judge/judge-charts.ts';

const late: Metric = { name: 'late', label: 'Late', unit: 's', better: 'lower', definition: '', version: 1 };

type Cell = number | null | CellStatus;

/** Per strategy: clusters, of each its nights; null = not ended; a status = not computed. */
const rowsOf = (
  strategies: Readonly<Record<string, readonly (readonly Cell[])[]>>,
  document = 'shop',
): Row[] =>
  Object.entries(strategies).flatMap(([strategy, clusters]) =>
    clusters.flatMap((nights, cluster) =>
      nights.map((cell, night): Row => {
        const status = typeof cell === 'string' ? cell : 'ok';
        const metrics = { late: typeof cell === 'number' ? cell : null };
        return {
          document,
          documentHash: document,
          strategy,
          clusterSeed: cluster + 1,
          nightSeed: night + 1,
          outcome: { status, message: null, metrics, notes: {}, series: {} },
        };
      }),
    ),
  );

describe('mean ranks', () => {
  it('put first who ended more nights, then who was quicker; ties share', () => {
    const rows = rowsOf({
      quick: [
        [10, null],
        [10, 12],
        [5, 5],
      ],
      slow: [
        [90, 90],
        [20, 20],
        [5, 5],
      ],
      slowest: [
        [95, 95],
        [30, 30],
        [9, 9],
      ],
    });
    const ranking = rankStrategies(rows, late)!;
    // quick: 3, 1, 1.5; slow: 1, 2, 1.5; slowest: 2, 3, 3
    expect(ranking.ranks.map(({ strategy, meanRank }) => [strategy, meanRank])).toEqual([
      ['slow', 1.5],
      ['quick', (3 + 1 + 1.5) / 3],
      ['slowest', 8 / 3],
    ]);
    expect(ranking).toMatchObject({ clusters: 3, leftOut: 0 });
  });

  it('leave out clusters without a night that all were computed for', () => {
    const rows = rowsOf({ a: [['timeout'], [1]], b: [[1], [2]] });
    expect(rankStrategies(rows, late)).toMatchObject({ clusters: 1, leftOut: 1 });
    expect(rankStrategies(rowsOf({ a: [[1]] }), late)).toBeNull();
  });
});

describe('performance profiles', () => {
  it('say how far behind the best of the same night; what did not end is behind by more than any number', () => {
    const rows = rowsOf({ a: [[10, 20], [null]], b: [[20, null], [null]] });
    const profile = profileOf(rows, late);
    expect(profile).toMatchObject({ scale: 'ratio', nights: 2, leftOut: 1 });
    expect(profile.strategies).toEqual([
      { strategy: 'a', behind: [1, 1] },
      { strategy: 'b', behind: [2] },
    ]);
  });
});

describe('what judge draws', () => {
  const even = Array.from({ length: 12 }, (_, i) => 100 + 7 * i);
  const rows = rowsOf({
    first: even.map((v) => [v]),
    // better and worse by turns
    same: even.map((v, i) => [v * (i % 2 === 0 ? 1.05 : 0.95)]),
    worst: even.map((v, i) => [v * (2 + i / 100)]),
  });
  const draw = (of: readonly Row[]) => renderJudged(of, [], { kind: { strategies: [] }, metrics: [late] });

  it('joins by a bar those that are not told apart, and no others', async () => {
    const charts = await draw(rows);
    expect(charts.map(({ path }) => path)).toEqual(['shop/ranks-late', 'shop/profile-late']);
    const vl = JSON.parse(charts[0]!.vl) as {
      layer: { data: { values: { row: string; low: number; high: number }[] } }[];
    };
    const bars = vl.layer[0]!.data.values;
    expect(bars).toHaveLength(1);
    expect(bars[0]!.low).toBeLessThan(1.5);
    expect(bars[0]!.high).toBeLessThan(2);
  });

  it('is the same bytes twice, a folder per document', async () => {
    const both = [...rows, ...rowsOf({ first: [[1], [2]], same: [[2], [1]] }, 'yard')];
    const [one, two] = [await draw(both), await draw(both)];
    expect(one).toEqual(two);
    expect(new Set(one.map(({ path }) => path.split('/')[0]))).toEqual(new Set(['shop', 'yard']));
  });
});
