import { formatDuration } from '../../model/units.ts';
import { hoursOf, spreadOf, type StrategyRows } from './cells.ts';

/** Hours of a metric in seconds, cell by cell; null = never reached. */
export const hoursIn = (one: StrategyRows, metric: string): (number | null)[] =>
  one.rows.map((row) => row.outcome.metrics[metric] ?? null).map((s) => (s === null ? null : hoursOf(s)));

/** One line per strategy: a small dot per cell, a large one for the median, and in words how many never got there. */
export function dotLayers(
  shown: readonly StrategyRows[],
  metric: string,
  xOf: (field: string) => object,
  endHours: number,
): object[] {
  const dots = shown.flatMap((one) =>
    hoursIn(one, metric).flatMap((hours) => (hours === null ? [] : { strategy: one.strategy, hours })),
  );
  const spans = shown.map((one) => spanOf(one, metric));
  const medians = spans.filter((span) => span.mid !== null);
  const unreached = spans.filter((span) => span.unreached !== '').map((span) => ({ ...span, endHours }));
  return [
    {
      data: { values: spans.filter((span) => span.low !== null) },
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: { x: xOf('low'), x2: { field: 'high' } },
    },
    {
      data: { values: dots },
      mark: { type: 'point', filled: true, size: 36, opacity: 0.6 },
      encoding: { x: xOf('hours') },
    },
    {
      data: { values: medians },
      mark: { type: 'point', filled: true, size: 150, opacity: 1 },
      encoding: { x: xOf('mid') },
    },
    {
      data: { values: medians },
      mark: { type: 'text', align: 'left', dx: 10, fill: '#222222' },
      encoding: { x: xOf('high'), text: { field: 'text' }, color: null },
    },
    {
      data: { values: unreached },
      mark: { type: 'text', align: 'right', dx: -8, fontWeight: 'bold', fill: '#222222' },
      encoding: { x: xOf('endHours'), text: { field: 'unreached' }, color: null },
    },
  ];
}

function spanOf(one: StrategyRows, metric: string) {
  const hours = hoursIn(one, metric);
  const missing = hours.filter((value) => value === null).length;
  const spread = spreadOf(hours);
  return {
    strategy: one.strategy,
    ...spread,
    text: spread.mid === null ? '' : formatDuration(spread.mid * 3600),
    unreached: missing === 0 ? '' : `✕ not reached: ${missing} of ${hours.length}`,
  };
}
