import { expect, it } from 'vitest';
import { againstBest, bestPossible } from '../../harness/measure/against-best.ts';
import type { Row } from '../../harness/model/kind.ts';

interface Cell {
  readonly strategy: string;
  readonly nightSeed: number;
  readonly boundS: number;
  readonly keptS?: number;
  readonly ratio?: number | null;
  readonly what?: string;
  readonly without?: string | null;
}

const row = ({
  strategy,
  nightSeed,
  boundS,
  keptS = boundS,
  ratio = 2,
  what = 'x',
  without = null,
}: Cell): Row => ({
  document: 'd',
  documentHash: 'd',
  strategy,
  clusterSeed: 1,
  nightSeed,
  outcome: {
    status: 'ok',
    message: null,
    metrics: { bound_s: boundS, bound_limits_kept_s: keptS, makespan_over_bound: ratio },
    notes: { bound_set_by: what, bound_without: without },
    series: {},
  },
});

it('the bound of one night is said as it is, once for all strategies', () => {
  const rows = ['a', 'b'].map((strategy) => row({ strategy, nightSeed: 1, boundS: 3600, what: 'device d' }));
  expect(bestPossible(rows)).toEqual(['no complete night is shorter than 1 h 0 min; what binds: device d']);
});

it('of several nights each has its own: the middle one is called so, with the least and the largest', () => {
  const rows = [3600, 7200, 10_800].map((boundS, i) =>
    row({ strategy: 'a', nightSeed: i, boundS, what: i === 0 ? 'VM v alone' : 'device d' }),
  );
  expect(bestPossible(rows)).toEqual([
    'no complete night is shorter than its bound: 2 h 0 min as a median over 3 nights (1 h 0 min to 3 h 0 min); what binds: mostly device d (in 2 of 3 cells)',
  ]);
});

it('the bound where proxy limits are kept is a second one, and a missing linear programme is said', () => {
  const rows = [row({ strategy: 'a', nightSeed: 1, boundS: 3600, keptS: 5400, without: 'no solver' })];
  expect(bestPossible(rows)).toEqual([
    'no complete night is shorter than 1 h 0 min; 1 h 30 min where stream limits of proxies are kept; what binds: x',
    'bounds of one resource each: the linear programme was left out (no solver)',
  ]);
});

it('a night with nothing to do has no bound', () => {
  expect(bestPossible([row({ strategy: 'a', nightSeed: 1, boundS: 0 })])).toEqual([]);
});

it('strategies are ranked by how far above the bound they are, those with an incomplete night left out', () => {
  const rows = [
    row({ strategy: 'a', nightSeed: 1, boundS: 1, ratio: 1.5 }),
    row({ strategy: 'b', nightSeed: 1, boundS: 1, ratio: 1.2 }),
    row({ strategy: 'c', nightSeed: 1, boundS: 1, ratio: null }),
  ];
  expect(againstBest(rows)).toBe('b took 1.20x, a 1.50x the lower bound of the night; what binds: x');
  expect(againstBest(rows.slice(2))).toBeNull();
});
