import type { Sweep } from '../../kit/sweep.ts';
import type { Kind, Metric } from '../../model/kind.ts';
import { safeSegments, type ChartFile } from '../charts.ts';
import { renderChart } from '../render.ts';
import { heatMap } from './heat-map.ts';
import { responseCurve } from './response-curve.ts';
import { shortName } from './series.ts';
import type { Summarised } from './summarise.ts';
import { tradeOff } from './trade-off.ts';

interface Wanted {
  readonly name: string;
  readonly question: string;
  readonly spec: object | null;
}

/** Response curves, heat maps and fronts of each document that was varied. */
export async function renderSweep(
  summaries: readonly Summarised[],
  sweep: Sweep,
  kind: Pick<Kind, 'metrics' | 'variation'>,
): Promise<ChartFile[]> {
  const bases = [...new Set(summaries.map(({ base }) => base))];
  const segments = safeSegments(bases);
  const files: ChartFile[] = [];
  for (const [i, base] of bases.entries()) {
    const points = summaries.filter((point) => point.base === base);
    const folder = bases.length === 1 ? 'charts' : `charts/${segments[i]!}`;
    for (const { name, question, spec } of wantedOf(points, sweep, kind)) {
      if (spec === null) continue;
      const { description = '', ...rest } = spec as { description?: string };
      const title = { text: question, subtitle: [base, ...description.split('\n').flatMap(wrapped)] };
      files.push({
        path: `${folder}/${name}`,
        ...(await renderChart({ title, description, ...rest }, name)),
      });
    }
  }
  return files;
}

const wrapped = (text: string): string[] =>
  text.match(/.{1,110}(?:\s|$)/gu)?.map((line) => line.trim()) ?? [];

function wantedOf(
  points: readonly Summarised[],
  sweep: Sweep,
  { metrics, variation }: Pick<Kind, 'metrics' | 'variation'>,
): Wanted[] {
  const headline = metrics.filter((metric) => metric.headline === true);
  const find = (name: string): Metric => metrics.find((metric) => metric.name === name)!;
  const curves = sweep.axes.map((axis) => ({
    name: `curve-${fileName(axis.name)}`,
    question: `What changes with ${shortName(axis.name)}?`,
    spec: responseCurve(points, sweep, { axis, metrics: headline.slice(0, mostPanels) }),
  }));
  const pairs = sweep.axes.flatMap((y, i) => sweep.axes.slice(i + 1).map((x) => ({ x, y })));
  const maps = pairs.flatMap(({ x, y }) =>
    headline.map((metric) => ({
      name: `map-${fileName(y.name)}-${fileName(x.name)}-${metric.name}`,
      question: `${metric.label} over ${shortName(y.name)} and ${shortName(x.name)}`,
      spec: heatMap(points, sweep, { x, y, metric }),
    })),
  );
  const fronts = (variation?.tradeOffs ?? []).map(([x, y]) => ({
    name: `front-${x}-${y}`,
    question: `What does ${find(y).label.toLowerCase()} cost in ${find(x).label}?`,
    spec: tradeOff(points, sweep, { x: find(x), y: find(y) }),
  }));
  return [...curves, ...maps, ...fronts];
}

const mostPanels = 4;
const fileName = (axis: string): string => axis.replaceAll(/[^\w-]+/gu, '-');
