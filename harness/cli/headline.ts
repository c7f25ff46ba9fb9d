import type { Metric, Row } from '../model/kind.ts';

/** A metric of a strategy over the cells of a document. */
export interface Headline {
  /** null = no cell has a value */
  readonly median: number | null;
  /** cells that have a value */
  readonly known: number;
  readonly cells: number;
}

/** best: better than all others; tied: as good as another, and better than the rest */
export type Place = 'best' | 'tied' | null;

export function headlineOf(metric: Metric, rows: readonly Row[]): Headline {
  const values = rows.flatMap(({ outcome }) => outcome.metrics[metric.name] ?? []);
  return { median: median(values), known: values.length, cells: rows.length };
}

/**
 * Only who has a value in every cell can be best: a median of the easy nights is not held against one of all. One alone is
 * not best of anything.
 */
export function placesOf(metric: Metric, headlines: readonly Headline[]): readonly Place[] {
  const nobody = headlines.map(() => null);
  if (metric.better === 'neither' || headlines.length < 2) return nobody;
  const sign = metric.better === 'lower' ? 1 : -1;
  const whole = headlines.flatMap(({ median: value, known, cells }) =>
    value !== null && known === cells ? value * sign : [],
  );
  if (whole.length === 0) return nobody;
  const best = whole.reduce((least, value) => Math.min(least, value));
  const isBest = ({ median: value, known, cells }: Headline) =>
    value !== null && known === cells && isEqual(value * sign, best);
  const place: Place = headlines.filter(isBest).length > 1 ? 'tied' : 'best';
  return headlines.map((headline) => (isBest(headline) ? place : null));
}

const isEqual = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
