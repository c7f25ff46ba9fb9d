import type { Colours, Row, Series } from '../../model/kind.ts';

// What the charts of a night share: rows by strategy, series as numbers, the spread over seeds.

export interface StrategyRows {
  readonly strategy: string;
  readonly rows: readonly Row[];
}

/** Rows that have the series, by strategy, in the palette's order. */
export const byStrategy = (rows: readonly Row[], colours: Colours, series: string): StrategyRows[] =>
  colours.strategies
    .map((strategy) => ({
      strategy,
      rows: rows.filter((row) => row.strategy === strategy && sizeOf(row, series) > 0),
    }))
    .filter((one) => one.rows.length > 0);

const sizeOf = (row: Row, series: string): number =>
  Object.values(row.outcome.series[series] ?? {})[0]?.length ?? 0;

export const numbersOf = (series: Series | undefined, column: string): number[] =>
  (series?.[column] ?? []).map(Number);

export const textsOf = (series: Series | undefined, column: string): string[] =>
  (series?.[column] ?? []).map(String);

export interface Spread {
  readonly low: number | null;
  readonly mid: number | null;
  readonly high: number | null;
}

/** Least, median and most; a null stands for "never" and counts as above all numbers. */
export function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const at = (place: number): number | null => known[place] ?? null;
  const [left, right] = [at(Math.floor((values.length - 1) / 2)), at(Math.floor(values.length / 2))];
  return {
    low: at(0),
    mid: left === null || right === null ? null : rounded((left + right) / 2),
    high: at(known.length - 1),
  };
}

/** Six digits: finer than any screen, and short in the file. */
export const rounded = (value: number): number => Number(value.toPrecision(6));

export const hoursOf = (seconds: number): number => rounded(seconds / 3600);

/** "3 nights", "2 clusters x 3 nights": what the spread is over. */
export function seedsText(rows: readonly Row[]): string {
  const nights = new Set(rows.map((row) => row.nightSeed)).size;
  const clusters = new Set(rows.map((row) => row.clusterSeed)).size;
  const ofNights = nights === 1 ? '1 night' : `${nights} nights`;
  return clusters === 1 ? ofNights : `${clusters} clusters x ${ofNights}`;
}

/** The cell whose seeds every strategy has finished, the lowest; the others' first. For charts that show one night. */
export function firstCells(groups: readonly StrategyRows[]): Row[] {
  const common = groups[0]?.rows.find((row) =>
    groups.every((group) => group.rows.some((other) => seedsOf(other) === seedsOf(row))),
  );
  return groups.map(
    (group) =>
      group.rows.find((row) => common !== undefined && seedsOf(row) === seedsOf(common)) ?? group.rows[0]!,
  );
}

export const seedsOf = (row: Row): string => `${row.clusterSeed}/${row.nightSeed}`;
