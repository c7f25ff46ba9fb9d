import type { Sweep } from '../../kit/sweep.ts';
import type { Metric } from '../../model/kind.ts';
import { hues } from '../palette.ts';
import { chartWidth } from '../theme.ts';
import { seriesLegend } from '../series-legend.ts';
import { finiteOrNull, scaleOf } from './scale.ts';
import { along, axisTitle, seriesName } from './series.ts';
import type { Summarised } from './summarise.ts';

type Axis = Sweep['axes'][number];

/** More lines than this are told apart by nobody. */
const mostLines = hues.length;

/** What the axis does to each of the metrics: a panel each, a line per strategy and per level of the other axes. */
export function responseCurve(
  points: readonly Summarised[],
  { axes }: Sweep,
  { axis, metrics }: { axis: Axis; metrics: readonly Metric[] },
): object | null {
  const shown = along(points, axis.name);
  const all = [...new Set(shown.map((point) => seriesName(point, axes, [axis.name])))];
  if (shown.length < 2) return null;
  const series = thinned(all);
  const isNumber = axis.values.every((value) => typeof value === 'number');
  const x = {
    field: 'x',
    type: isNumber ? 'quantitative' : 'ordinal',
    title: axisTitle(axis),
    ...(isNumber ? { scale: { zero: false, nice: false, padding: 12 } } : { sort: null }),
  };
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: series, range: series.map((_, i) => hues[i % hues.length]) },
    legend: seriesLegend(series),
  };
  const panels = metrics.flatMap((metric) => {
    const { factor, title } = scaleOf(metric);
    const values = shown.flatMap((point) => {
      const name = seriesName(point, axes, [axis.name]);
      const summary = point.metrics[metric.name];
      const y = finiteOrNull(summary?.median ?? null);
      if (summary === null || summary === undefined || y === null || !series.includes(name)) return [];
      return [
        {
          x: point.levels[axis.name],
          series: name,
          y: y * factor,
          low: Number.isFinite(summary.low) ? summary.low * factor : y * factor,
          high: Number.isFinite(summary.high) ? summary.high * factor : y * factor,
        },
      ];
    });
    if (values.length === 0) return [];
    const y = {
      field: 'y',
      type: 'quantitative',
      title,
      axis: { titleAnchor: 'end' },
      scale: { zero: false, padding: 6 },
    };
    return [
      {
        width: chartWidth - 140,
        height: 150,
        data: { values },
        encoding: { x, color },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.45 },
            encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
          },
          { mark: { type: 'line', strokeWidth: 2 }, encoding: { y } },
          { mark: { type: 'point', filled: true, size: 45, opacity: 1 }, encoding: { y } },
        ],
      },
    ];
  });
  if (panels.length === 0) return null;
  const kind = shown.flatMap((point) => Object.values(point.metrics)).find((one) => one !== null)?.interval;
  const hidden = all.length - series.length;
  return {
    description: [
      `Medians; bars: ${kind === '95 %' ? '95 % intervals of the median over clusters' : 'from the least to the largest, too few replicates for an interval'}. No point = never reached.`,
      ...(hidden > 0
        ? [`${hidden} of ${all.length} lines are left out, evenly: the table has them all.`]
        : []),
    ].join('\n'),
    vconcat: panels,
  };
}

/** Some of them, evenly; the first and the last are kept. */
function thinned(all: readonly string[]): readonly string[] {
  if (all.length <= mostLines) return all;
  return Array.from(
    { length: mostLines },
    (_, i) => all[Math.round((i * (all.length - 1)) / (mostLines - 1))]!,
  );
}
