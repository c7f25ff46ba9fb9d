import { midRanks } from './signed-rank.ts';
import { chiSquareUpper } from './special.ts';

export interface Friedman {
  /** chi-square, corrected for ties; 0 where all are equal everywhere */
  readonly statistic: number;
  readonly p: number;
  /** of each column, 1 = the least values */
  readonly meanRanks: readonly number[];
}

/**
 * Do the columns differ at all? By the chi-square distribution with k - 1 degrees of freedom.
 *
 * @param rows n >= 1 rows of k >= 2 values
 * Source: Friedman, J. Amer. Statist. Assoc. 32(200), 1937.
 */
export function friedman(rows: readonly (readonly number[])[]): Friedman {
  const [n, k] = [rows.length, rows[0]!.length];
  const ranked = rows.map(midRanks);
  const sums = Array.from({ length: k }, (_, column) =>
    ranked.reduce((sum, ranks) => sum + ranks[column]!, 0),
  );
  const ties = rows.reduce((sum, row) => sum + tieTerm(row), 0);
  const spread = sums.reduce((sum, s) => sum + (s - (n * (k + 1)) / 2) ** 2, 0);
  const scale = n * k * (k + 1) - ties / (k - 1);
  const statistic = scale <= 0 ? 0 : (12 * spread) / scale;
  return { statistic, p: chiSquareUpper(statistic, k - 1), meanRanks: sums.map((sum) => sum / n) };
}

function tieTerm(row: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of row) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}
