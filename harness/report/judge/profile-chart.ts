import type { Profile } from '../../measure/compare/profile.ts';
import { countOf } from '../../measure/words.ts';
import type { Colours, Metric } from '../../model/kind.ts';
import { seriesLegend } from '../series-legend.ts';
import { scaleOf } from '../sweep/scale.ts';
import { chartWidth } from '../theme.ts';

/** Performance profiles: the higher, the oftener within so much of the best; a line that ends below 1 never ended the rest. */
export function profileChart(
  { scale, strategies, nights, leftOut }: Profile,
  metric: Metric,
  colours: Colours,
): object | null {
  const { factor, title } = scaleOf(metric);
  const places = strategies.flatMap(({ behind }) => behind);
  if (places.length === 0) return null;
  const shown = (x: number) => (scale === 'ratio' ? x : x * factor);
  const [start, end] = [shown(scale === 'ratio' ? 1 : 0), shown(Math.max(...places))];
  const steps = strategies.flatMap(({ strategy, behind }) => [
    { strategy, x: start, share: 0 },
    ...behind.map((x, i) => ({ strategy, x: shown(x), share: (i + 1) / nights })),
    { strategy, x: end, share: behind.length / nights },
  ]);
  const names = colours.strategies.filter((name) => strategies.some(({ strategy }) => strategy === name));
  const rangeOf = (range: 'range' | 'dashes') => ({
    domain: names,
    range: names.map((name) => colours[range][colours.strategies.indexOf(name)]),
  });
  const away =
    leftOut > 0
      ? `; ${countOf(leftOut, 'night')} left out, which none ended or not all were computed for`
      : '';
  return {
    description: `${countOf(nights, 'night')}${away}. Further up and left is better; what a strategy did not end it never comes to.`,
    width: chartWidth - 90,
    height: 360,
    data: { values: steps },
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.4 },
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title:
          scale === 'ratio'
            ? `${metric.label}, times the best of the night`
            : `${title}, behind the best of the night`,
        scale: { zero: false, nice: false, domain: [start, end > start ? end : start + 1] },
      },
      y: { field: 'share', type: 'quantitative', title: 'share of the nights', scale: { domain: [0, 1] } },
      color: { field: 'strategy', type: 'nominal', scale: rangeOf('range'), legend: seriesLegend(names) },
      strokeDash: { field: 'strategy', type: 'nominal', scale: rangeOf('dashes') },
    },
  };
}
