import type { CellStatus, Metric, Row } from '../../model/kind.ts';

/**
 * What a cell brings into a comparison: its value; `charged` = it ended without one, and the strategy answers for that: worse
 * than any value; `out` = nobody can say what it would have been, and both sides go without.
 */
export type Worth = number | 'charged' | 'out';

const withoutValue: Readonly<Record<CellStatus, 'charged' | 'out'>> = {
  ok: 'charged', // as a makespan of a night that left something undone
  'decision-invalid': 'charged',
  crashed: 'charged',
  unsupported: 'out',
  timeout: 'out',
  lost: 'out',
};

export const worthOf = ({ outcome }: Row, metric: string): Worth =>
  (outcome.status === 'ok' ? outcome.metrics[metric] : null) ?? withoutValue[outcome.status];

/** Ratios where they mean something, differences elsewhere: shares of a whole, and values of which one is not above 0. */
export type Scale = 'ratio' | 'difference';

export function scaleOf(rows: readonly Row[], { name, unit }: Pick<Metric, 'name' | 'unit'>): Scale {
  const isPositive = ({ outcome }: Row) => (outcome.metrics[name] ?? 1) > 0;
  return !unit.startsWith('%') && rows.every(isPositive) ? 'ratio' : 'difference';
}
