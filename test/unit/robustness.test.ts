import { describe, expect, it, test } from 'vitest';
import * as fc from 'fast-check';
import { assumptionPoints, levelsOf } from '../../harness/kit/assumption-points.ts';
import type { Sweep, SweepPoint } from '../../harness/kit/sweep.ts';
import type { Value } from '../../harness/kit/value-range.ts';
import { splitStrategies } from '../../harness/kit/strategy-list.ts';
import { bestCut } from '../../harness/measure/robustness/cut.ts';
import { robustnessOf, type Robustness } from '../../harness/measure/robustness/robustness.ts';
import { robustnessSentences } from '../../harness/measure/robustness/robustness-text.ts';
import { robustnessTable } from '../../harness/measure/robustness/robustness-table.ts';
import { whereOf } from '../../harness/measure/robustness/where.ts';
import { tornado } from '../../harness/report/robustness/tornado.ts';
import { renderChart } from '../../harness/report/render.ts';
import type { AssumptionInfo, Metric, Row } from '../../harness/model/kind.ts';

const cap: AssumptionInfo = {
  name: 'cap',
  unit: 'MB/s',
  summary: 'a cap',
  range: { least: 50, most: 150, whole: false },
  source: 'a source',
};
const delay: AssumptionInfo = { ...cap, name: 'delay', unit: 's', range: { least: 0, most: 9, whole: true } };
const rule: AssumptionInfo = { ...cap, name: 'rule', unit: '', range: ['fair', 'greedy', 'blind'] };
const all = [cap, delay, rule];
const written = { cap: 100.5, delay: 0, rule: 'fair' };

describe('the points', () => {
  const points = assumptionPoints(all, written, { levels: 3, draws: 12, seed: 1 });

  it('are as written, each assumption alone over its range, then all together', () => {
    expect(points.slice(0, 7).map(({ levels }) => levels)).toEqual([
      {},
      { cap: 50 },
      { cap: 150 }, // 100.5 is written
      { delay: 5 },
      { delay: 9 },
      { rule: 'greedy' },
      { rule: 'blind' },
    ]);
    expect(points.slice(7).map(({ draw }) => draw)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it('are the same for the same seed, and others for another', () => {
    const again = (seed: number) => assumptionPoints(all, written, { levels: 3, draws: 12, seed });
    expect(again(1)).toEqual(points);
    expect(again(2).slice(7)).not.toEqual(points.slice(7));
    expect(again(2).slice(0, 7)).toEqual(points.slice(0, 7));
  });

  it('drawn together have one value in each part of every range, and every word as often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1000 }), (draws, seed) => {
        const drawn = assumptionPoints(all, written, { levels: 2, draws, seed }).filter(
          ({ draw }) => draw !== null,
        );
        const parts = drawn
          .map(({ levels }) =>
            Math.min(draws - 1, Math.floor((((levels['cap'] as number) - 50) / 100) * draws + 0.02)),
          )
          .toSorted((x, y) => x - y);
        // values are written with three digits: one may fall on the next part
        parts.forEach((part, i) => expect(Math.abs(part - i)).toBeLessThanOrEqual(1));
        for (const word of rule.range as string[]) {
          const count = drawn.filter(({ levels }) => levels['rule'] === word).length;
          expect(Math.abs(count - draws / 3)).toBeLessThanOrEqual(1);
        }
        for (const { levels } of drawn) expect(Number.isInteger(levels['delay'])).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('of a range begin and end with its ends', () => {
    expect(levelsOf(cap, 5)).toEqual([50, 75, 100, 125, 150]);
    expect(levelsOf({ ...delay, range: { least: 4, most: 6, whole: true } }, 9)).toEqual([4, 5, 6]);
  });
});

const metric: Metric = {
  name: 't',
  label: 'Time',
  unit: 's',
  better: 'lower',
  definition: 'a time',
  version: 1,
};

/** Ten clusters; b takes 1000 s and a so much of that, a little more or less by cluster. */
function rowsAt(document: string, share: number | null): Row[] {
  const row = (strategy: string, clusterSeed: number, t: number | null): Row => ({
    document,
    documentHash: 'h',
    strategy,
    clusterSeed,
    nightSeed: 1,
    outcome: { status: 'ok', message: null, metrics: { t }, notes: {}, series: {} },
  });
  return Array.from({ length: 10 }, (_, c) => {
    const own = 1000 + 37 * c;
    const t = share === null ? own * (c % 2 === 0 ? 0.8 : 1.25) : own * share * (1 + 0.002 * (c % 3));
    return [row('alpha', c + 1, t), row('beta', c + 1, own)];
  }).flat();
}

interface Planted {
  readonly levels: Readonly<Record<string, Value>>;
  readonly draw?: number;
  /** of the time of b; null = it depends on the cluster */
  readonly share: number | null;
}

function robustnessFor(planted: readonly Planted[]): Robustness {
  const documentOf = ({ levels, draw }: Planted) =>
    draw === undefined ? `estate ${JSON.stringify(levels)}` : `draw ${draw}`;
  const points = planted.flatMap((one): SweepPoint[] =>
    ['beta', 'alpha'].map((strategy) => ({
      base: 'estate',
      document: documentOf(one),
      strategy,
      line: strategy,
      levels: one.levels,
      ...(one.draw === undefined ? {} : { draw: one.draw }),
    })),
  );
  const sweep: Sweep = { axes: [], points, assumptions: { all, written: { estate: written } } };
  const rows = planted.flatMap((one) => rowsAt(documentOf(one), one.share));
  const question = { metrics: [metric], strategies: ['alpha', 'beta'], baseline: null };
  const [only, ...more] = robustnessOf({ rows, shaken: [] }, sweep, question);
  expect(more).toEqual([]);
  return only!;
}

const draws = (count: number, shareOf: (levels: { cap: number }) => number | null): Planted[] =>
  assumptionPoints(all, written, { levels: 2, draws: count, seed: 3 })
    .filter(({ draw }) => draw !== null)
    .map(({ levels, draw }) => ({ levels, draw: draw!, share: shareOf(levels as { cap: number }) }));

describe('a verdict that flips with one assumption', () => {
  const of = robustnessFor([
    { levels: {}, share: 0.9 },
    { levels: { cap: 50 }, share: 1.2 },
    { levels: { cap: 75 }, share: 1.1 },
    { levels: { cap: 125 }, share: 0.9 },
    { levels: { cap: 150 }, share: 0.8 },
    { levels: { delay: 9 }, share: 1 / 1.002 },
    { levels: { rule: 'greedy' }, share: null },
    ...draws(20, (levels) => (levels.cap < 80 ? 1.2 : 0.9)),
  ]);

  it('is found, with the value from which on', () => {
    expect(of.written.standing).toBe('a');
    expect(whereOf(of, 'b')).toMatchObject([
      { assumption: { name: 'cap' }, side: 'below', value: 75, notAt: 100.5 },
    ]);
    expect(whereOf(of, 'alike')).toMatchObject([
      { assumption: { name: 'delay' }, side: 'above', value: 9, notAt: 0 },
    ]);
    expect(whereOf(of, 'open')).toMatchObject([
      { assumption: { name: 'rule' }, side: 'at', value: 'greedy' },
    ]);
  });

  it('is said in how many assumptions it holds, and when it does not', () => {
    const sentences = robustnessSentences(of);
    expect(sentences[0]).toMatch(/^As written: alpha is better than beta: 9\.\d % less/u);
    expect(sentences.slice(1)).toEqual([
      'Holds in 70 % of 20 comparisons with all assumptions drawn together (beta better in 6) and holds in 33 % of 6 comparisons with one assumption changed, 1 of which moved nothing at all (beta better in 2, no difference in 1, undecided in 1).',
      'The median goes from 20 % less to 20 % more; in 8 of 26 comparisons it is on the other side than as written, by more than the noise.',
      'Flips: beta is better when cap is at most 75 MB/s (not at 101).',
      'No difference when delay is at least 9 s (not at 0).',
      'Undecided when rule is greedy.',
      expect.stringMatching(
        /^Of the draws, those that differ from that are best told by cap: 6 of 6 where it is at most 7\d(\.\d)? MB\/s, 0 of 14 elsewhere\.$/u,
      ),
    ]);
  });

  it('is a line of a table each', () => {
    const { columns, rows } = robustnessTable([of]);
    const cell = (row: number, name: string) => rows[row]![columns.indexOf(name)];
    expect(rows.length).toBe(27);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    expect(['changed', 'better', 'as_written', 'cap'].map((name) => cell(0, name))).toEqual([
      'none',
      'alpha',
      true,
      null,
    ]);
    expect(['changed', 'better', 'as_written', 'cap'].map((name) => cell(1, name))).toEqual([
      'cap',
      'beta',
      false,
      50,
    ]);
    expect(['changed', 'better', 'as_written'].map((name) => cell(6, name))).toEqual(['rule', null, null]);
    expect(['changed', 'draw'].map((name) => cell(7, name))).toEqual(['all', 1]);
  });

  it('is drawn, the widest first', async () => {
    const spec = tornado(of) as { layer: { data: { values: { row: string }[] } }[] };
    const bars = spec.layer[2]!.data.values.map(({ row }) => row);
    expect(bars).toEqual(['cap [MB/s]', 'all, drawn together', expect.any(String), expect.any(String)]);
    const { svg } = await renderChart(tornado(of)!, 'tornado');
    expect(svg).toContain('beta better');
  });
});

describe('a verdict that does not', () => {
  it('holds everywhere, and nothing is made up', () => {
    const of = robustnessFor([
      { levels: {}, share: 0.9 },
      { levels: { cap: 50 }, share: 0.85 },
      { levels: { cap: 150 }, share: 0.95 },
      ...draws(10, () => 0.9),
    ]);
    expect(robustnessSentences(of).slice(1)).toEqual([
      'Holds in 100 % of 10 comparisons with all assumptions drawn together and holds in 100 % of 2 comparisons with one assumption changed.',
      'The median goes from 15 % less to 4.8 % less; in 0 of 12 comparisons it is on the other side than as written, by more than the noise.',
    ]);
    expect(bestCut(of)).toBe(null);
  });

  it('is none where nothing is decided as written', () => {
    const of = robustnessFor([
      { levels: {}, share: null },
      { levels: { cap: 150 }, share: 0.8 },
      ...draws(10, () => null),
    ]);
    expect(robustnessSentences(of).slice(1)).toEqual([
      'Undecided in 10 of 10 comparisons with all assumptions drawn together and undecided in 0 of 1 comparison with one assumption changed (alpha better in 1).',
      expect.stringMatching(/^The median goes from 20 % less to /u),
      'alpha is better when cap is at least 150 MB/s (not at 101).',
    ]);
  });
});

describe('draws that differ for no reason', () => {
  it('are not laid at the door of an assumption', () => {
    const of = robustnessFor([{ levels: {}, share: 0.9 }, ...draws(40, () => 0.9)]);
    // every third one differs, whatever it assumes
    const scattered = of.together.map((tried, i) =>
      i % 3 === 0 ? { ...tried, standing: 'b' as const } : tried,
    );
    expect(bestCut({ ...of, together: scattered })).toBe(null);
  });
});

test('a list of strategies is parted outside of brackets', () => {
  expect(splitStrategies('a,b[x=1,y="p,q]"], c[z=2] ,')).toEqual(['a', 'b[x=1,y="p,q]"]', 'c[z=2]']);
});
