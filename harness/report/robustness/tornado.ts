import { countIn, standingText } from '../../measure/robustness/robustness-text.ts';
import type { Robustness, Tried } from '../../measure/robustness/robustness.ts';
import type { Standing } from '../../measure/robustness/standing.ts';
import type { Scale } from '../../measure/compare/worth.ts';
import { chartWidth } from '../theme.ts';

const standings: readonly { readonly is: Standing; readonly colour: string; readonly shape: string }[] = [
  { is: 'a', colour: '#0072b2', shape: 'circle' },
  { is: 'b', colour: '#d55e00', shape: 'square' },
  { is: 'alike', colour: '#333333', shape: 'diamond' },
  { is: 'open', colour: '#78909c', shape: 'cross' },
];

const allTogether = 'all, drawn together';

/** How far each assumption moves the median difference, the widest first; null = nothing has a size. */
export function tornado(of: Robustness): object | null {
  const { scale } = of.written.comparison;
  const name = (standing: Standing) => standingText(of, standing);
  const sizeOf = (tried: Tried) => sizeIn(tried, scale);
  const pointOf = (tried: Tried, row: string, value: string) => {
    const by = sizeOf(tried);
    return by === null ? [] : [{ row, by, value, standing: name(tried.standing) }];
  };
  const rows = of.assumptions.map((assumption) => {
    const tried = of.alone.filter(({ levels }) => levels[assumption.name] !== undefined);
    const title = `${assumption.name}${assumption.unit === '' ? '' : ` [${assumption.unit}]`}`;
    return {
      title,
      points: tried.flatMap((one) => pointOf(one, title, String(one.levels[assumption.name]))),
    };
  });
  const drawn = of.together.flatMap((one) => pointOf(one, allTogether, ''));
  const written = sizeOf(of.written);
  const all = [...rows, { title: allTogether, points: drawn }]
    .filter(({ points }) => points.length > 0)
    .map((row) => {
      const sizes = [...row.points.map(({ by }) => by), ...(written === null ? [] : [written])];
      return { ...row, low: Math.min(...sizes), high: Math.max(...sizes) };
    })
    .toSorted((x, y) => y.high - y.low - (x.high - x.low));
  if (all.length === 0) return null;
  const order = all.map(({ title }) => title);
  const points = all.flatMap((row) => row.points);
  const spread = Math.max(...all.map(({ high }) => high)) - Math.min(...all.map(({ low }) => low));
  const shown = standings.filter(({ is }) => points.some(({ standing }) => standing === name(is)));
  const y = { field: 'row', type: 'nominal', sort: order, title: null, axis: { labelLimit: 320 } };
  const x = {
    field: 'by',
    type: 'quantitative',
    title: axisTitle(of, scale),
    scale: { zero: true, padding: 24 },
  };
  const domain = shown.map(({ is }) => name(is));
  const missing = of.alone.length + of.together.length - points.length;
  return {
    description: [
      `Medians over clusters. Bars: from the least to the largest, the line is as written (${name(of.written.standing)}). Numbers: the values tried.`,
      `All drawn together: ${standings.map(({ is }) => `${name(is)} in ${countIn(of.together, is)}`).join(', ')} of ${of.together.length}.`,
      ...(missing > 0 ? [`${missing} not drawn: one side never gets there, or the scale is another.`] : []),
    ].join('\n'),
    width: chartWidth - 360,
    height: 26 * all.length,
    layer: [
      {
        data: { values: [{ by: 0 }] },
        mark: { type: 'rule', color: '#bbbbbb', strokeDash: [4, 3] },
        encoding: { x },
      },
      ...(written === null
        ? []
        : [
            {
              data: { values: [{ by: written }] },
              mark: { type: 'rule', color: '#333333' },
              encoding: { x },
            },
          ]),
      {
        data: { values: all.map(({ title, low, high }) => ({ row: title, by: low, high })) },
        mark: { type: 'bar', color: '#d9dee2', height: 14 },
        encoding: { y, x, x2: { field: 'high' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 60, opacity: 0.85 },
        encoding: {
          y,
          x,
          color: { field: 'standing', type: 'nominal', scale: { domain, range: shown.map((s) => s.colour) } },
          shape: { field: 'standing', type: 'nominal', scale: { domain, range: shown.map((s) => s.shape) } },
        },
      },
      ...(['left', 'right'] as const).map((side) => ({
        data: { values: labelsOf(all, side, spread / 40) },
        mark: {
          type: 'text',
          align: side === 'left' ? 'right' : 'left',
          dx: side === 'left' ? -7 : 7,
          fontSize: 10,
        },
        encoding: { y, x, text: { field: 'value' } },
      })),
    ],
  };
}

/** What was tried stands at the end of a bar that it makes; where nothing moves, nothing is said. */
function labelsOf(
  rows: readonly {
    readonly points: readonly { readonly row: string; readonly by: number; readonly value: string }[];
    readonly low: number;
    readonly high: number;
  }[],
  side: 'left' | 'right',
  least: number,
) {
  return rows.flatMap(({ points, low, high }) => {
    const end = points.find(({ by }) => by === (side === 'left' ? low : high));
    return end === undefined || high - low < least ? [] : [end];
  });
}

/** Of a ratio in percent. Another scale than as written has no place beside it. */
function sizeIn({ comparison, pair: { median } }: Tried, scale: Scale): number | null {
  if (median === null || !Number.isFinite(median) || comparison.scale !== scale) return null;
  const size = scale === 'ratio' ? 100 * (Math.exp(median) - 1) : median;
  return Number(size.toPrecision(6));
}

function axisTitle({ a, b, metric }: Robustness, scale: Scale): string {
  const unit = scale === 'ratio' ? '%' : metric.unit;
  return `${metric.label} of ${a} against ${b}, difference [${unit}], ${metric.better} is better`;
}
