import { finiteOrNull } from './scale.ts';
import type { Sweep } from '../../kit/sweep.ts';
import type { Kind } from '../../model/kind.ts';
import { csvOf } from '../csv-text.ts';
import type { Summarised } from './summarise.ts';

/**
 * One line per point: its levels, then median, low and high of every metric, and what most cells note; empty = as written,
 * or not reached.
 */
export function sweepCsv(
  summaries: readonly Summarised[],
  { axes }: Sweep,
  { metrics, headlineNotes = [] }: Pick<Kind, 'metrics' | 'headlineNotes'>,
): string {
  const names = axes.map(({ name }) => name);
  const head = ['document', 'strategy', ...names, 'cells', 'ok', 'replicates', 'interval'];
  const columns = metrics.flatMap(({ name }) => [name, `${name}_low`, `${name}_high`]);
  const notes = headlineNotes.map(({ name }) => name);
  const body = summaries.map((point) => {
    const [first] = Object.values(point.metrics);
    return [
      point.base,
      point.line,
      ...names.map((name) => point.levels[name] ?? null),
      point.cells,
      point.ok,
      first?.replicates ?? null,
      first?.interval ?? null,
      ...metrics.flatMap(({ name }) => {
        const summary = point.metrics[name] ?? null;
        return [summary?.median, summary?.low, summary?.high].map((value) => finiteOrNull(value ?? null));
      }),
      ...notes.map((name) => point.notes[name] ?? null),
    ];
  });
  return csvOf([[...head, ...columns, ...notes], ...body]);
}
