import type { Sweep } from '../../kit/sweep.ts';
import type { Metric } from '../../model/kind.ts';
import { chartWidth } from '../theme.ts';
import { finiteOrNull, scaleOf } from './scale.ts';
import { axisTitle, seriesName } from './series.ts';
import type { Summarised } from './summarise.ts';

type Axis = Sweep['axes'][number];

/** A metric over two axes; dark is better. */
export function heatMap(
  points: readonly Summarised[],
  { axes }: Sweep,
  { x, y, metric }: { x: Axis; y: Axis; metric: Metric },
): object | null {
  const { factor, title } = scaleOf(metric);
  const names = [x.name, y.name];
  const cells = points
    .filter(({ levels }) => names.every((name) => levels[name] !== undefined))
    .map((point) => {
      const median = finiteOrNull(point.metrics[metric.name]?.median ?? null);
      const value = median === null ? null : Number((median * factor).toPrecision(4));
      return {
        x: point.levels[x.name],
        y: point.levels[y.name],
        series: seriesName(point, axes, names),
        value,
        text: value === null ? 'never' : String(Number(value.toPrecision(3))),
      };
    });
  const known = cells.flatMap(({ value }) => value ?? []);
  const series = [...new Set(cells.map((cell) => cell.series))];
  if (known.length < 4) return null;
  const shown = evenly(series, mostPanels);
  const middle = (Math.min(...known) + Math.max(...known)) / 2;
  const isDark = metric.better === 'lower' ? `datum.value < ${middle}` : `datum.value > ${middle}`;
  const hasRoom = x.values.length <= 16;
  const panel = (name: string) => ({
    title: { text: name, fontSize: 12, fontWeight: 'normal', anchor: 'middle' },
    width: chartWidth - 190,
    height: Math.max(100, Math.min(420, 30 * y.values.length)),
    data: { values: cells.filter((cell) => cell.series === name) },
    encoding: {
      x: {
        field: 'x',
        type: 'ordinal',
        sort: [...x.values],
        title: axisTitle(x),
        axis: { labelAngle: 0, labelOverlap: true },
      },
      y: { field: 'y', type: 'ordinal', sort: y.values.toReversed(), title: axisTitle(y) },
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'value',
            type: 'quantitative',
            scale: {
              scheme: 'viridis',
              reverse: metric.better !== 'lower',
              domain: [Math.min(...known), Math.max(...known)],
            },
            legend: {
              title,
              orient: 'right',
              direction: 'vertical',
              gradientLength: 140,
              symbolStrokeWidth: 0,
            },
          },
        },
      },
      ...(hasRoom
        ? [
            {
              mark: { type: 'text', fontSize: 11 },
              encoding: {
                text: { field: 'text' },
                color: {
                  condition: [
                    { test: 'datum.value === null', value: '#222222' },
                    { test: isDark, value: '#ffffff' },
                  ],
                  value: '#222222',
                },
              },
            },
          ]
        : []),
    ],
  });
  return {
    description: [
      'Medians over the seeds; dark is better, blank or "never" was not reached.',
      ...(shown.length < series.length ? [`Shown are ${shown.length} of ${series.length}.`] : []),
    ].join(' '),
    vconcat: shown.map(panel),
  };
}

/** Where there are more than `most`: so many of them, the first, the last and some between. */
const evenly = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);

const mostPanels = 6;
