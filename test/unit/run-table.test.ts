import { expect, test } from 'vitest';
import { headlineOf, placesOf } from '../../harness/cli/headline.ts';
import { runText } from '../../harness/cli/run-text.ts';
import type { CellStatus, Kind, Metric, Row } from '../../harness/model/kind.ts';

const metric = (better: Metric['better'], unit = 'min'): Metric => ({
  name: 'total',
  label: 'Total',
  unit,
  better,
  definition: '',
  version: 1,
  headline: true,
});

const row = (strategy: string, total: number | null, status: CellStatus = 'ok'): Row => ({
  document: 'monday',
  documentHash: 'd',
  strategy,
  clusterSeed: 1,
  nightSeed: 1,
  outcome: {
    status,
    message: status === 'ok' ? null : 'it fell over',
    metrics: { total },
    notes: {},
    series: {},
  },
});

const places = (better: Metric['better'], ...totals: (number | null)[][]) =>
  placesOf(
    metric(better),
    totals.map((values) =>
      headlineOf(
        metric(better),
        values.map((value) => row('x', value)),
      ),
    ),
  );

test('a median is of the cells that have a value', () => {
  const medianOf = (...totals: (number | null)[]) =>
    headlineOf(
      metric('lower'),
      totals.map((total) => row('x', total)),
    );
  expect(medianOf(3, 1, 10)).toEqual({ median: 3, known: 3, cells: 3 });
  expect(medianOf(1, 4, null, 2, 10)).toEqual({ median: 3, known: 4, cells: 5 });
  expect(medianOf(null)).toEqual({ median: null, known: 0, cells: 1 });
  expect(medianOf()).toEqual({ median: null, known: 0, cells: 0 });
});

test('the best is marked by the direction of the metric, and a tie is a tie', () => {
  expect(places('lower', [1], [2])).toEqual(['best', null]);
  expect(places('higher', [1], [2])).toEqual([null, 'best']);
  expect(places('neither', [1], [2])).toEqual([null, null]);
  expect(places('lower', [0.3], [0.1 + 0.2], [0.4])).toEqual(['tied', 'tied', null]);
  expect(places('lower', [0], [0])).toEqual(['tied', 'tied']);
});

test('who has no value in some cells is not best, and one alone is best of nothing', () => {
  expect(places('lower', [1, null], [5, 6])).toEqual([null, 'best']);
  expect(places('lower', [1, null], [null])).toEqual([null, null]);
  expect(places('lower', [1])).toEqual([null]);
});

const text = (rows: readonly Row[], unit?: string) =>
  runText(
    {
      kind: { metrics: [metric('lower', unit)], findings: () => ['x is quick.'] } as unknown as Kind,
      documents: [{ name: 'monday', hash: 'd', content: {}, caveats: ['placement is assumed'], size: 1 }],
      planned: rows.length,
      computed: rows.length,
      rows,
      shaken: [],
      cost: { cellMs: 0, strategyMs: 0 },
      written: ['trials.csv'],
    },
    'out',
  );

test('caveats, the share of cells with a value, what failed and what was found are said', () => {
  const lines = text([
    row('x', 1),
    row('x', 2),
    row('y', null, 'crashed'),
    row('y', 3),
    row('y', null, 'crashed'),
  ]);
  expect(lines).toContain('  note: placement is assumed\n');
  expect(lines).toMatch(/^x +1\.5 \* +2$/mu);
  expect(lines).toMatch(/^y +3 \(1 of 3\) +1 of 3$/mu);
  expect(lines).toContain('  y: crashed (2 cells): it fell over\n');
  expect(lines).toContain('\nx is quick.\n5 cells computed.\nResults: out/trials.csv');
});

test('long times read as hours, short ones and other units as numbers', () => {
  expect(text([row('x', 3725), row('y', 59.6)], 's')).toMatch(/^x +1:02:05 +1\ny +0:01:00 \*/mu);
  expect(text([row('x', 59.64)], 's')).toMatch(/Total\n.*\[s\][^]*^x +59\.64/mu);
  expect(text([row('x', null)], 's')).toContain('[h:mm:ss]');
  expect(text([row('x', 123456.7)], 'MB')).toMatch(/^x +123457/mu);
});
