import type { CsvValue, Table } from '../../model/kind.ts';
import { pairColumns, pairValues } from '../compare/pair-columns.ts';
import type { Robustness, Tried } from './robustness.ts';

/**
 * A line per document, metric, pair and point. Medians and bounds: ln(ratio) or difference, as `scale` says; assumptions: empty
 * = as written.
 */
export function robustnessTable(all: readonly Robustness[]): Table {
  const names = [...new Set(all.flatMap(({ assumptions }) => assumptions.map(({ name }) => name)))];
  const rows = all.flatMap((of) =>
    [of.written, ...of.alone, ...of.together].map((tried) => [
      of.document,
      of.metric.name,
      of.a,
      of.b,
      ...resultOf(tried),
      tried.standing === 'open' ? null : tried.standing === of.written.standing,
      ...names.map((name) => tried.levels[name] ?? null),
    ]),
  );
  return { columns: [...columns, ...names], rows };
}

const columns = ['document', 'metric', 'a', 'b', 'changed', 'draw', ...pairColumns, 'better', 'as_written'];

function resultOf({ levels, draw, comparison, pair, standing }: Tried): CsvValue[] {
  const changed = draw !== null ? 'all' : (Object.keys(levels)[0] ?? 'none');
  const better = { a: pair.a, b: pair.b, alike: 'neither', open: null }[standing];
  return [changed, draw, ...pairValues(comparison, pair), better];
}
