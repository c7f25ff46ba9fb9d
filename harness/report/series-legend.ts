import { chartWidth } from './theme.ts';

/** What vega reckons where it cannot measure: 0.8 of the font size per letter. */
export const widthOf = (text: string): number => text.length * 9.6;

/** As many columns as fit, so that no name is cut. */
export function seriesLegend(names: readonly string[]) {
  const columns = Math.max(1, Math.floor(chartWidth / (Math.max(...names.map(widthOf)) + 55)));
  return { columns, labelLimit: Math.floor(chartWidth / columns) - 50, symbolOpacity: 1 };
}
