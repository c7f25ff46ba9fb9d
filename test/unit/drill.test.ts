import { expect, test } from 'vitest';
import { drillAll, type DrillAsk } from '../../harness/measure/compare/drill.ts';
import { drillText } from '../../harness/cli/drill-text.ts';
import { drawNormal } from '../../harness/kit/rng.ts';
import type { Metric, Row } from '../../harness/model/kind.ts';

const metric: Metric = {
  name: 'late',
  label: 'Late',
  unit: 's',
  better: 'lower',
  definition: '',
  version: 1,
};

/** Two copies of 20 clusters of 3 nights: 1000 s, times e to the power of `sigma` normal; null = not ended. */
const copiesOf = (sigma: number, ended: (copy: number) => boolean = () => true): Row[][] =>
  [1, 2].map((copy) =>
    Array.from({ length: 60 }, (_, i): Row => {
      const value = ended(copy) ? 1000 * Math.exp(sigma * drawNormal(['cell', copy, i])) : null;
      return {
        document: 'shop',
        documentHash: 'shop',
        strategy: 'rule',
        clusterSeed: 1 + Math.floor(i / 3),
        nightSeed: 1 + (i % 3),
        shake: copy,
        outcome: { status: 'ok', message: null, metrics: { late: value }, notes: {}, series: {} },
      };
    }),
  );

const ask: Omit<DrillAsk, 'comparisons'> = {
  metric,
  plant: 0.03,
  maxWorse: 0.01,
  clusters: 20,
  nights: null,
  drills: 200,
};
const drillOf = (sigma: number, more: Partial<typeof ask> = {}) =>
  drillAll(copiesOf(sigma), { ...ask, ...more })[0]!;

test('finds 3 % where the noise is small, not where it is large, and says how many nights it takes', () => {
  const [quiet, loud] = [drillOf(0.01), drillOf(0.07)];
  // copies differ by sqrt(2) times as much as each of them
  expect(quiet.spread).toBeCloseTo(0.01 * Math.SQRT2, 2);
  expect(quiet.found).toBeGreaterThan(0.99);
  expect(quiet.needed).toBe(1);
  expect(loud.found).toBeLessThan(0.6);
  expect(loud.needed).toBeGreaterThan(6);
  expect(drillOf(0.07, { nights: loud.needed! }).found).toBeGreaterThan(0.8);
});

test('false alarms stay below 5 in 100; below 6 clusters there is nothing to find', () => {
  // three standard errors of a share of 200 drills
  for (const sigma of [0.002, 0.02, 0.1]) expect(drillOf(sigma).alarms).toBeLessThan(0.05 + 0.046);
  expect(drillOf(0.001, { clusters: 5 })).toMatchObject({ found: 0, alarms: 0, needed: null });
});

test('a night that one copy alone ended counts; where none ended nothing is found', () => {
  const half = drillAll(
    copiesOf(0.01, (copy) => copy === 1),
    ask,
  )[0]!;
  expect(half).toMatchObject({ onlyOne: 1, needed: null, spread: null });
  expect(half.found).toBeLessThan(0.05);
  const none = drillAll(
    copiesOf(0.01, () => false),
    ask,
  );
  expect(none[0]).toMatchObject({ onlyOne: 0, found: 0, alarms: 0 });
  const text = drillText({ metric, plant: 0.03, clusters: 20, count: 300, drills: none });
  expect(text).toContain('over 64');
  expect(text).toContain('Found in at least 90 % of the drills in 0 of 1');
});

test('the same drills every time', () => {
  expect(drillOf(0.05)).toEqual(drillOf(0.05));
});
