import { join } from 'node:path';
import type { Metric } from '../model/kind.ts';
import { formatDuration } from '../model/units.ts';
import { summarise, type Summarised } from '../report/sweep/summarise.ts';
import { renderTable } from '../report/table.ts';
import type { RunResult } from '../run/run.ts';

/** So many points of a sweep are shown; the table file has them all. */
const mostShown = 24;

/** What `sweep` prints: the points of each document, the headline metrics, where the files lie. */
export function sweepText({ kind, sweep, rows, computed, planned, written }: RunResult, out: string): string {
  const metrics = kind.metrics.filter((metric) => metric.headline === true);
  const notes = kind.headlineNotes ?? [];
  const summaries = summarise(sweep!, rows, metrics);
  const bases = [...new Set(summaries.map(({ base }) => base))];
  const axes = sweep!.axes.map(({ name }) => name);
  const tables = bases.map((base) => {
    const points = summaries.filter((point) => point.base === base);
    const hidden = points.length - mostShown;
    const table = renderTable({
      columns: ['strategy', ...axes, ...metrics.map(titleOf), 'cells', ...notes.map(({ label }) => label)],
      rows: points
        .slice(0, mostShown)
        .map((point) => [
          point.line,
          ...axes.map((axis) => levelText(point, axis)),
          ...metrics.map((metric) => valueText(point, metric)),
          point.ok === point.cells ? String(point.ok) : `${point.ok} of ${point.cells}`,
          ...notes.map(({ name }) => point.notes[name] ?? '-'),
        ]),
      align: [
        'left',
        ...axes.map(() => 'right' as const),
        ...metrics.map(() => 'right' as const),
        'right',
        ...notes.map(() => 'left' as const),
      ],
    });
    const more = hidden > 0 ? `  and ${hidden} more points, see ${join(out, 'sweep.csv')}\n` : '';
    return `${base}\n${table}${more}  medians over the seeds\n`;
  });
  const kept = planned - computed;
  return [
    ...tables,
    `${computed} cells computed${kept > 0 ? `, ${kept} kept from before` : ''}.`,
    `Results: ${(written ?? []).map((name) => join(out, name)).join(', ')}`,
  ].join('\n');
}

/** A parameter of another strategy is none of this one. */
const levelText = ({ levels, line }: Summarised, axis: string): string => {
  if (levels[axis] !== undefined) return String(levels[axis]);
  const dot = axis.indexOf('.');
  return dot < 0 || line.split('[', 1)[0] === axis.slice(0, dot) ? 'as written' : '-';
};

const titleOf = ({ label, unit }: Metric): string =>
  [label, ...(unit === '' || unit === 's' || unit === '1' ? [] : [`[${unit}]`])].join('\n');

function valueText({ metrics }: Summarised, { name, unit }: Metric): string {
  const median = metrics[name]?.median;
  if (median === undefined) return '-';
  if (!Number.isFinite(median)) return 'never';
  return unit === 's' ? formatDuration(median) : String(Number(median.toPrecision(4)));
}
