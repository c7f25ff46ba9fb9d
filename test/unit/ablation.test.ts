import { describe, expect, it } from 'vitest';
import { priorityList } from '../../strategies/priority-list/index.ts';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { ablate } from '../../harness/measure/ablation/ablate.ts';
import { ablationSentences } from '../../harness/measure/ablation/ablation-text.ts';
import { ablationTable } from '../../harness/measure/ablation/ablation-table.ts';
import { textsOf, variantsOf } from '../../harness/measure/ablation/variants.ts';
import type { Metric, Row, StrategyInfo } from '../../harness/model/kind.ts';

const parcel = {
  name: 'parcel',
  summary: '',
  source: '',
  additions: '',
  defaults: { sort: true, wrap: true },
  considerations: [
    { parameter: 'sort', what: 'large ones first', source: 'p. 1' },
    { parameter: 'wrap', what: 'in paper', source: 'p. 2' },
  ],
} satisfies StrategyInfo;
const variants = variantsOf(parcel, (text) => text)!;

const metric: Metric = {
  name: 'time',
  label: 'Time',
  unit: 's',
  better: 'lower',
  definition: '',
  version: 1,
};

/** Sorting saves a fifth, whatever else is on; wrapping does nothing. */
const timeOf = (strategy: string) => (strategy.includes('sort=false') ? 120 : 96);

const rows = (clusters: number): Row[] =>
  textsOf(variants).flatMap((strategy) =>
    Array.from({ length: clusters }, (_, i) => ({
      document: 'd',
      documentHash: 'h',
      strategy,
      clusterSeed: i + 1,
      nightSeed: 1,
      outcome: {
        status: 'ok' as const,
        message: null,
        metrics: { time: timeOf(strategy) * (1 + i / 7) },
        notes: {},
        series: {},
      },
    })),
  );

describe('variants of a strategy', () => {
  it('are the whole, none, and each consideration taken away and left alone', () => {
    expect(variants).toMatchObject({
      whole: 'parcel',
      none: 'parcel[sort=false,wrap=false]',
      each: [
        { without: 'parcel[sort=false]', alone: 'parcel[wrap=false]' },
        { without: 'parcel[wrap=false]', alone: 'parcel[sort=false]' },
      ],
    });
    expect(textsOf(variants)).toHaveLength(4);
  });

  it('are none where a strategy names no considerations', () => {
    expect(variantsOf({ ...parcel, considerations: [] }, String)).toBeNull();
  });

  it('of the priority list switch off parameters that are on', () => {
    for (const { parameter } of priorityList.considerations!)
      expect(priorityList.defaults).toHaveProperty(parameter, true);
    const switches = Object.entries(priorityList.defaults).filter(([, value]) => value === true);
    expect(switches.map(([name]) => name)).toEqual(
      priorityList.considerations!.map(({ parameter }) => parameter),
    );
    expect(textsOf(variantsOf(priorityList, backupNight.parseStrategy)!)).toHaveLength(16);
  });
});

describe('an ablation', () => {
  it('says what helps, both taken away and alone', () => {
    const [one] = ablate(rows(10), variants, [metric]);
    const [sort, wrap] = one!.effects;
    expect(sort!.without.median).toBeCloseTo(Math.log(120 / 96), 12);
    expect(sort!.alone.median).toBeCloseTo(Math.log(96 / 120), 12);
    expect(wrap!.without).toMatchObject({ verdict: 'tie', median: 0 });
    const buys = ablationTable([one!]).rows.map((row) => [row[2], row[4], row.at(-1)]);
    expect(buys).toEqual([
      ['sort', 'without', 'helps'],
      ['sort', 'alone', 'helps'],
      ['wrap', 'without', 'nothing'],
      ['wrap', 'alone', 'nothing'],
    ]);
    expect(ablationSentences([one!])).toEqual([
      'sort (large ones first): helps Time of d (without it +25 %).',
      'wrap (in paper): no effect is shown.',
    ]);
  });

  it('says harms where the strategy is better without', () => {
    const slower = { ...metric, better: 'higher' as const };
    const [one] = ablate(rows(10), variants, [slower]);
    expect(ablationSentences([one!])[0]).toContain('harms Time of d');
  });

  it('leaves open what few clusters do not show', () => {
    const [one] = ablate(rows(3), variants, [metric]);
    expect(ablationSentences([one!])[0]).toBe(
      'sort (large ones first): no effect is shown; 1 of 1 answer open.',
    );
  });
});
