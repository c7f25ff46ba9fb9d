import type { Row, Series } from '../../../model/kind.ts';
import { byStrategy, firstCells } from '../cells.ts';
import type { Colours } from '../../../model/kind.ts';

/** The same cell in virtual time and on the wall clock; the series of the second stand under names of their own. */
export const sides = [
  { side: 'simulated', prefix: '' },
  { side: 'emulated', prefix: 'emulated.' },
] as const;

export const seriesOf = ({ outcome }: Row, prefix: string, name: string): Series =>
  outcome.series[`${prefix}${name}`] ?? {};

export const mostStrategies = 6;

/** One night of each strategy that has the series on both sides. */
export const cellsOf = (rows: readonly Row[], colours: Colours, name: string): Row[] =>
  firstCells(
    byStrategy(
      rows.filter(({ outcome }) => outcome.series[`emulated.${name}`] !== undefined),
      colours,
      name,
    ).slice(0, mostStrategies),
  );

/** The simulated line is broad and pale, so that the emulated one shows on it where both are in one place. */
export const sideChannels = (hue: string) => {
  const domain = sides.map(({ side }) => side);
  return {
    stroke: {
      field: 'side',
      type: 'ordinal',
      scale: { domain, range: ['#b5b5b5', hue] },
    },
    strokeWidth: { field: 'side', type: 'ordinal', scale: { domain, range: [5, 1.6] } },
  };
};
