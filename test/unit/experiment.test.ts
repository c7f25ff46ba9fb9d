import { describe, expect, it } from 'vitest';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { claimLines } from '../../harness/measure/experiment/claim-text.ts';
import { judgeCase } from '../../harness/measure/experiment/judge-claim.ts';
import type { Metric, Row } from '../../harness/model/kind.ts';
import { casesOf, type Claim } from '../../harness/run/claims.ts';

const claim = (more: string, than: string): Claim => ({
  claim: 'said before',
  metric: 'makespan_s',
  more,
  than,
  byAtLeast: 0.05,
});
const texts = (more: string, than: string, readings = {}) =>
  casesOf(claim(more, than), readings, backupNight).map((one) => `${one.more} > ${one.than}`);

describe('a claim under readings', () => {
  it('is one case without any', () => {
    expect(texts('priority-list', 'lpt')).toEqual(['priority-list > lpt']);
  });

  it('takes every combination of what the sides leave open, but no strategy against itself', () => {
    const readings = { reset: ['round', 'never'], count: ['all-jobs-device', 'all-jobs-store'] };
    expect(texts('priority-list[count=all-jobs-store]', 'priority-list', readings)).toEqual([
      'priority-list[count=all-jobs-store] > priority-list',
      'priority-list[reset=never,count=all-jobs-store] > priority-list[reset=never]',
    ]);
  });

  it('leaves strategies alone that have no such parameter, and says what a case took', () => {
    const cases = casesOf(claim('priority-list[reset=never]', 'lpt'), { reset: ['round'] }, backupNight);
    expect(cases).toEqual([{ reading: {}, more: 'priority-list[reset=never]', than: 'lpt' }]);
  });

  it('is refused with a strategy or a value that does not exist', () => {
    expect(() => texts('priority-lst', 'lpt')).toThrow('did you mean');
    expect(() => texts('priority-list', 'lpt', { reset: ['sometimes'] })).toThrow('reset');
  });
});

const metric: Metric = {
  name: 'time',
  label: 'Time',
  unit: 's',
  better: 'lower',
  definition: '',
  version: 1,
};

/** Clusters of which `a` takes `factors` times as long as `b`. */
const rowsOf = (factors: readonly number[]): Row[] =>
  factors.flatMap((factor, i) =>
    (['a', 'b'] as const).map((strategy) => ({
      document: 'd',
      documentHash: 'h',
      strategy,
      clusterSeed: i + 1,
      nightSeed: 1,
      outcome: {
        status: 'ok' as const,
        message: null,
        metrics: { time: (strategy === 'a' ? factor : 1) * (100 + i) },
        notes: {},
        series: {},
      },
    })),
  );

const judged = (factors: readonly number[], byAtLeast = 0.05) =>
  judgeCase(rowsOf(factors), { more: 'a', than: 'b', byAtLeast }, metric)!;
const spread = (around: number) => Array.from({ length: 12 }, (_, i) => around + (i - 6) / 200);

describe('a verdict', () => {
  it.each([
    ['confirmed', 'as much more as was said', spread(1.2)],
    ['undecided', 'more, but perhaps not so much', spread(1.04)],
    ['refuted', 'more, and surely less than was said', spread(1.02).map((x) => 1 + (x - 1) / 10)],
    ['refuted', 'sure to be more, and sure to be less than was said', spread(1.3).map((x) => 1 + x / 40)],
    ['refuted', 'no difference', spread(1).map(() => 1)],
    ['refuted', 'less', spread(0.8)],
    ['undecided', 'too few clusters to say', spread(1.2).slice(0, 5)],
  ])('is %s: %s', (verdict, _, factors) => {
    expect(judged(factors).verdict).toBe(verdict);
  });

  it('names the reading that it hangs on', () => {
    const under = (reset: string, factor: number) => ({
      reading: { reset, one: 1 },
      ...judged(spread(factor)),
    });
    const cases = [under('round', 1.2), under('never', 0.8)];
    const [head, hinge] = claimLines({ document: 'd', cases });
    expect(head).toBe('depends on the reading: of 2, confirmed in 1, refuted in 1');
    expect(hinge).toBe('reset=round: always confirmed; reset=never: always refuted');
    expect(claimLines({ document: 'd', cases: [cases[0]!, cases[0]!] })[0]).toBe(
      'confirmed, under each of 2 readings',
    );
  });
});
