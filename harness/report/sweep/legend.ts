import { chartWidth } from '../theme.ts';

/** As many columns as fit, where vega cannot measure a letter: 0.8 of the font size each. */
export function seriesLegend(names: readonly string[]) {
  const columns = Math.max(
    1,
    Math.floor(chartWidth / (Math.max(...names.map(({ length }) => length)) * 9.6 + 55)),
  );
  return { columns, labelLimit: Math.floor(chartWidth / columns) - 50, symbolOpacity: 1 };
}
