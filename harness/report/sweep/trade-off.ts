import { groupBy } from '../../kit/group.ts';
import type { Sweep } from '../../kit/sweep.ts';
import type { Metric } from '../../model/kind.ts';
import { hues } from '../palette.ts';
import { chartWidth } from '../theme.ts';
import { seriesLegend } from '../series-legend.ts';
import { finiteOrNull, scaleOf } from './scale.ts';
import { seriesName, shortName } from './series.ts';
import type { Summarised } from './summarise.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly series: string;
  readonly label: string;
}

/**
 * What one metric costs of another: every setting, and the front of those that no other beats in both. Lines are told apart by
 * strategy, and by the axes of documents.
 */
export function tradeOff(
  points: readonly Summarised[],
  { axes }: Sweep,
  { x, y }: { x: Metric; y: Metric },
): object | null {
  const ofStrategies = axes.filter(({ name }) => name.includes('.')).map(({ name }) => name);
  // where no strategy is varied, the settings of a strategy are its documents
  const inside = ofStrategies.length > 0 ? ofStrategies : axes.map(({ name }) => name);
  const spots = points.flatMap((point): Spot[] => {
    const [a, b] = [x, y].map(({ name }) => finiteOrNull(point.metrics[name]?.median ?? null));
    if (a === undefined || b === undefined || a === null || b === null) return [];
    const label = inside
      .filter((name) => point.levels[name] !== undefined)
      .map((name) => `${shortName(name)}=${point.levels[name]}`)
      .join(' ');
    return [
      { x: a * scaleOf(x).factor, y: b * scaleOf(y).factor, series: seriesName(point, axes, inside), label },
    ];
  });
  const series = [...new Set(spots.map((spot) => spot.series))];
  if (spots.length < 2 || series.length > hues.length) return null;
  const fronts = [...groupBy(spots, (spot) => spot.series).values()].flatMap((own) => frontOf(own, x, y));
  const scale = { zero: false, nice: true, padding: 14 };
  const channel = (field: 'x' | 'y', metric: Metric) => ({
    field,
    type: 'quantitative',
    title: `${scaleOf(metric).title}, ${metric.better === 'lower' ? 'less' : 'more'} is better`,
    scale,
  });
  return {
    description: `Medians over the seeds. Lines: the fronts, settings that no other of the same line beats in both; what never reached ${x.label} or has no ${y.label} is left out.`,
    width: chartWidth - 140,
    height: 380,
    encoding: {
      x: channel('x', x),
      y: channel('y', y),
      color: {
        field: 'series',
        type: 'nominal',
        scale: { domain: series, range: series.map((_, i) => hues[i]) },
        legend: seriesLegend(series),
      },
    },
    layer: [
      { data: { values: spots }, mark: { type: 'point', filled: true, size: 40, opacity: 0.4 } },
      { data: { values: fronts }, mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.5 } },
      { data: { values: fronts }, mark: { type: 'point', filled: true, size: 90, opacity: 1 } },
      {
        data: { values: apart(fronts) },
        mark: { type: 'text', align: 'left', dx: 8, dy: -8, fontSize: 11 },
        encoding: { text: { field: 'label' }, color: null },
      },
    ],
  };
}

/** Those that no other beats, by x. */
function frontOf(spots: readonly Spot[], x: Metric, y: Metric): Spot[] {
  const cost = (value: number, { better }: Metric) => (better === 'higher' ? -value : value);
  const sorted = spots.toSorted((a, b) => cost(a.x, x) - cost(b.x, x) || cost(a.y, y) - cost(b.y, y));
  let least = Infinity;
  return sorted.filter((spot) => {
    const isBetter = cost(spot.y, y) < least;
    least = Math.min(least, cost(spot.y, y));
    return isBetter;
  });
}

/** Labels that would lie on each other are left out: one per part of the picture. */
function apart(spots: readonly Spot[]): Spot[] {
  const spanOf = (of: (spot: Spot) => number) => {
    const values = spots.map(of);
    return Math.max(...values) - Math.min(...values) || 1;
  };
  const [width, height] = [spanOf((spot) => spot.x), spanOf((spot) => spot.y)];
  const kept: Spot[] = [];
  for (const spot of spots)
    if (
      kept.every(
        (other) => Math.abs(other.x - spot.x) > width / 9 || Math.abs(other.y - spot.y) > height / 20,
      )
    )
      kept.push(spot);
  return kept;
}
