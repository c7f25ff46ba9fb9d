import type { Chart, Row, Series } from '../../model/kind.ts';
import { chartWidth } from '../theme.ts';
import { byStrategy, hoursOf, numbersOf, rounded, spreadOf, type StrategyRows } from './cells.ts';
import {
  hoursAxis,
  spreadText,
  strategyColour,
  strategyDash,
  strategyHue,
  strategyWidth,
} from './encodings.ts';

export const protectedOverTime: Chart = {
  name: 'protected-over-time',
  title: 'Protected over time',
  question: 'How soon does each strategy protect the VMs?',
  spec(rows, colours) {
    const shown = byStrategy(rows, colours, 'protected');
    if (shown.length === 0) return null;
    const endS = Math.max(1, ...shown.flatMap((one) => one.rows.map(lastGainS))) * 1.03;
    const panel = (column: string, title: string) => ({
      width: chartWidth - 120,
      height: 215,
      data: { values: shown.flatMap((one) => pointsOf(one, column, endS)) },
      encoding: {
        x: { field: 'hours', type: 'quantitative', axis: hoursAxis, scale: { nice: false } },
        y: {
          field: 'mid',
          type: 'quantitative',
          axis: { title, format: '.0%', tickCount: 5 },
          scale: { domain: [0, 1] },
        },
      },
      layer: [
        ...shown.map(({ strategy }) => bandOf(strategy, strategyHue(colours, strategy))),
        {
          data: { values: [{ share: 0.95 }] },
          mark: { type: 'rule', stroke: '#999999', strokeDash: [2, 3] },
          encoding: { x: null, y: { field: 'share' } },
        },
        {
          mark: 'line',
          encoding: {
            stroke: strategyColour(shown, colours),
            strokeDash: strategyDash(shown, colours),
            strokeWidth: strategyWidth(shown),
          },
        },
      ],
    });
    return {
      description: `${spreadText(rows, 'line = median, band = least to most')}; dotted: 95 %`,
      vconcat: [panel('vmShare', 'share of VMs'), panel('byteShare', 'share of bytes')],
      resolve: { scale: { stroke: 'shared', strokeDash: 'shared', strokeWidth: 'shared' } },
    };
  },
};

const bandOf = (strategy: string, fill: string): object => ({
  transform: [{ filter: { field: 'strategy', equal: strategy } }],
  mark: { type: 'area', fill, opacity: 0.15 },
  encoding: { y: { field: 'low' }, y2: { field: 'high' } },
});

const gridPoints = 120;

/** The steps of all seeds, read off on one grid of times. */
function pointsOf({ strategy, rows }: StrategyRows, column: string, endS: number) {
  return Array.from({ length: gridPoints + 1 }, (_, i) => (endS * i) / gridPoints).map((tS) => ({
    strategy,
    hours: hoursOf(tS),
    ...spreadOf(rows.map((row) => shareAt(row.outcome.series['protected']!, column, tS))),
  }));
}

/** When the last VM was protected: what follows is only a level line. */
function lastGainS(row: Row): number {
  const series = row.outcome.series['protected'];
  const shares = numbersOf(series, 'vmShare');
  return numbersOf(series, 'tS')[shares.indexOf(shares.at(-1)!)]!;
}

function shareAt(series: Series, column: string, tS: number): number {
  const after = series['tS']!.findIndex((stepS) => Number(stepS) > tS);
  const place = after === -1 ? series['tS']!.length - 1 : after - 1;
  return rounded(Number(series[column]?.[place] ?? 0));
}
