import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chart, Row, StrategyInfo } from '../../harness/model/kind.ts';
import { renderCharts, safeSegments } from '../../harness/report/charts.ts';

const bars: Chart = {
  name: 'bars',
  title: 'Bars',
  question: 'How many?',
  spec: (rows) =>
    rows.length === 0
      ? null
      : {
          description: 'bar = count',
          data: { values: rows.map((row) => ({ strategy: row.strategy, n: row.outcome.metrics['n'] })) },
          mark: 'bar',
          encoding: { x: { field: 'strategy', type: 'nominal' }, y: { field: 'n', type: 'quantitative' } },
        },
};
const none: Chart = { ...bars, name: 'none', spec: () => null };
const kind = { charts: [bars, none], strategies: [{ name: 'a' } as StrategyInfo] };

const row = (document: string, strategy: string, status: Row['outcome']['status'] = 'ok'): Row => ({
  document,
  documentHash: 'ff',
  strategy,
  clusterSeed: 1,
  nightSeed: 1,
  outcome: { status, message: null, metrics: { n: 2 }, notes: {}, series: {} },
});

const subtitleOf = (vl: string): string[] => JSON.parse(vl).title.subtitle;

describe('renderCharts', () => {
  it('puts the charts of one document into charts/, of several into a folder each', async () => {
    const one = await renderCharts([row('d', 'a')], kind);
    expect(one.map((file) => file.path)).toEqual(['charts/bars']);
    const two = await renderCharts([row('d/e', 'a'), row('d:e', 'a')], kind);
    expect(two.map((file) => file.path)).toEqual(['charts/d-e/bars', 'charts/d-e-2/bars']);
  });

  it('has the question as title and the document, the reading and the caveats below it', async () => {
    const [file] = await renderCharts([row('d', 'a')], kind, { d: ['placement is assumed'] });
    expect(JSON.parse(file!.vl).title.text).toBe('How many?');
    expect(subtitleOf(file!.vl)).toEqual(['d', 'bar = count', 'placement is assumed']);
  });

  it('leaves out cells without a result and says which', async () => {
    const rows = [row('d', 'a'), row('d', 'b', 'crashed'), row('d', 'c', 'timeout')];
    const [file] = await renderCharts(rows, kind);
    expect(JSON.parse(file!.vl).data.values).toEqual([{ strategy: 'a', n: 2 }]);
    expect(subtitleOf(file!.vl).at(-1)).toBe('not drawn: 1 x b (crashed), 1 x c (timeout)');
  });

  it('draws as many strategies as can be told apart, and counts the others', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => row('d', `s${i + 10}`));
    const [file] = await renderCharts(rows, kind);
    expect(JSON.parse(file!.vl).data.values).toHaveLength(24);
    expect(subtitleOf(file!.vl).at(-1)).toBe('strategies left out, as there is no room: 16');
  });

  it('draws nothing of a document that has no result at all', async () => {
    expect(await renderCharts([row('d', 'a', 'crashed')], kind)).toEqual([]);
    expect(await renderCharts([], kind)).toEqual([]);
  });

  it('gives the same bytes whatever the order of the rows', async () => {
    const rows = [row('d', 'a'), row('d', 'b'), row('e', 'a'), row('e', 'b')];
    expect(await renderCharts(rows.toReversed(), kind)).toEqual(await renderCharts(rows, kind));
  });

  it('breaks a long line at its blanks', async () => {
    const [file] = await renderCharts([row('d', 'a')], kind, { d: [`${'word '.repeat(40)}end`] });
    const lines = subtitleOf(file!.vl).slice(2);
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join(' ')).toBe(`${'word '.repeat(40)}end`);
  });
});

describe('safeSegments', () => {
  it('gives every name a folder of its own that no file system minds', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('..', '.', 'CON', 'con.txt', 'A', 'a', 'a-2', 'a/b', 'a\\b'),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const segments = safeSegments(names);
        expect(new Set(segments.map((segment) => segment.toLowerCase())).size).toBe(names.length);
        for (const segment of segments) expect(segment).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/);
        for (const segment of segments) expect(segment).not.toMatch(/^(con|nul)(\.|$)|\.$/i);
      }),
    );
  });

  it('leaves a plain name as it is', () => {
    expect(safeSegments(['estate-300', 'quick.2'])).toEqual(['estate-300', 'quick.2']);
  });
});
