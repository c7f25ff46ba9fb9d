import type { Colours, Row } from '../../model/kind.ts';
import type { StrategyRows } from './cells.ts';

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
  legend: { columns: legendColumns(shown.map((one) => one.strategy)), symbolOpacity: 1 },
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
  scale: {
    domain: shown.map((one) => one.strategy),
    range: shown.map((_, place) => Math.max(1.8, 4.2 - place * 0.8)),
  },
});

export const hoursAxis = { title: 'hours since the first job started', grid: true, tickCount: 10 };

/** As many legend columns as fit; vega reckons 0.8 of the font size per letter where it cannot measure. */
export const legendColumns = (names: readonly string[]): number =>
  Math.max(1, Math.floor(760 / (Math.max(...names.map((name) => name.length)) * 9.6 + 60)));

/** Says which night a chart shows that shows only one. */
export function nightText(cells: readonly Row[]): string {
  const texts = new Set(cells.map((row) => `cluster seed ${row.clusterSeed}, night seed ${row.nightSeed}`));
  return `one night of each strategy: ${[...texts].join('; ')}`;
}
