import type { Colours, Row } from '../../model/kind.ts';
import { seriesLegend, widthOf } from '../series-legend.ts';
import { chartWidth } from '../theme.ts';
import { seedsOf, seedsText, type StrategyRows } from './cells.ts';

// The channels that mean the same in every chart.

/** What of the palette a chart shows, in its order. */
function scaleOf(shown: readonly StrategyRows[], colours: Colours, range: 'range' | 'dashes') {
  const domain = shown.map((one) => one.strategy);
  return { domain, range: domain.map((strategy) => colours[range][colours.strategies.indexOf(strategy)]) };
}

export const strategyHue = (colours: Colours, strategy: string): string =>
  colours.range[colours.strategies.indexOf(strategy)]!;

export const strategyColour = (shown: readonly StrategyRows[], colours: Colours) => ({
  field: 'strategy',
  type: 'ordinal',
  scale: scaleOf(shown, colours, 'range'),
  legend: seriesLegend(shown.map((one) => one.strategy)),
});

/** Lines in one place: dashed ones lie over the broad, whole one, so that each still shows. */
export const strategyDash = (shown: readonly StrategyRows[], colours: Colours) => ({
  field: 'strategy',
  type: 'ordinal',
  scale: scaleOf(shown, colours, 'dashes'),
});

export const strategyWidth = (shown: readonly StrategyRows[]) => ({
  field: 'strategy',
  type: 'ordinal',
  scale: { domain: shown.map((one) => one.strategy), range: [4.2, 2.4] },
});

export const hoursAxis = { title: 'hours since the first job started', grid: true, tickCount: 10 };

/** An axis of strategies: long text forms break at their commas. */
export function strategyAxis(shown: readonly StrategyRows[]) {
  const names = shown.map((one) => one.strategy);
  const lines = Object.fromEntries(names.map((name) => [name, brokenName(name)]));
  const widest = Math.max(...Object.values(lines).flat().map(widthOf));
  const most = Math.max(...Object.values(lines).map((of) => of.length));
  return {
    width: Math.round(chartWidth - 45 - widest),
    height: { step: Math.max(34, 8 + 15 * most) },
    y: {
      field: 'strategy',
      type: 'nominal',
      sort: names,
      axis: {
        title: null,
        grid: true,
        domain: false,
        labelLimit: 0,
        labelExpr: `${JSON.stringify(lines)}[datum.label]`,
      },
    },
  };
}

function brokenName(name: string): string[] {
  const lines = [''];
  for (const part of name.split(/(?=\[)|(?<=,)/)) {
    if (lines.at(-1)!.length + part.length <= 36) lines.push(`${lines.pop()}${part}`);
    else lines.push(...(part.match(/.{1,36}/gu) ?? []));
  }
  return lines.filter((line) => line !== '');
}

/** What is drawn of several seeds, in words; of one there is no spread to explain. */
export function spreadText(rows: readonly Row[], spread: string): string {
  return new Set(rows.map(seedsOf)).size > 1 ? `${seedsText(rows)}: ${spread}` : seedsText(rows);
}

/** Says which night a chart shows that shows only one. */
export function nightText(cells: readonly Row[]): string {
  const texts = new Set(cells.map((row) => `cluster seed ${row.clusterSeed}, night seed ${row.nightSeed}`));
  return `one night of each strategy: ${[...texts].join('; ')}`;
}

/** A chart with a panel per strategy has room for some. */
export const leftOutText = (strategyCount: number): string[] =>
  strategyCount > 0 ? [`strategies left out, as there is no room: ${strategyCount}`] : [];
