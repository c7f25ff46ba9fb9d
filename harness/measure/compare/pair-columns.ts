import type { CsvValue } from '../../model/kind.ts';
import type { Comparison, PairResult } from './compare.ts';

/** Of a pair in a table. Medians and bounds: ln(ratio) or difference, as `scale` says; not finite: one side never gets there. */
export const pairColumns = [
  'scale',
  'clusters',
  'median',
  'low',
  'high',
  'wins',
  'losses',
  'ties',
  'p',
  'p_holm',
  'verdict',
] as const;

/** In the order of `pairColumns`. */
export function pairValues({ scale }: Pick<Comparison, 'scale'>, pair: PairResult): CsvValue[] {
  const { clusters, median, interval, wins, losses, ties, p, pHolm, verdict } = pair;
  const range = [median, interval?.low ?? null, interval?.high ?? null];
  return [scale, clusters, ...range, wins, losses, ties, p, pHolm, verdict];
}
