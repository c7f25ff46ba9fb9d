import type { Metric, Row } from '../../model/kind.ts';
import type { Params } from '../../model/params.ts';
import { compareStrategies, type Comparison, type PairResult } from '../compare/compare.ts';

export type ClaimVerdict = 'confirmed' | 'refuted' | 'undecided';

/** `more` is expected to have more of a metric than `than`, by at least so much. */
export interface Expectation {
  readonly more: string;
  readonly than: string;
  /** a share of it, or where the comparison is of differences, in its unit */
  readonly byAtLeast: number;
}

export interface JudgedCase {
  readonly reading: Params;
  readonly verdict: ClaimVerdict;
  readonly pair: PairResult;
  readonly comparison: Comparison;
}

/** A claim on one document, under every reading. */
export interface JudgedClaim {
  readonly document: string;
  readonly cases: readonly JudgedCase[];
}

/**
 * Confirmed: the comparison shows more, and the median is as large as was said. Refuted: it shows less or a tie, or the whole
 * interval lies below what was said. Each reading by itself: they are one question asked in several ways, so that p-values are
 * not adjusted over them.
 */
export function judgeCase(
  rows: readonly Row[],
  { more, than, byAtLeast }: Expectation,
  metric: Metric,
): Omit<JudgedCase, 'reading'> | null {
  const own = rows.filter(({ strategy }) => strategy === more || strategy === than);
  const comparison = compareStrategies(own, [], { metric, baseline: than });
  const pair = comparison.pairs.find(({ a }) => a === more);
  if (pair === undefined) return null;
  const least = comparison.scale === 'ratio' ? Math.log1p(byAtLeast) : byAtLeast;
  return { verdict: verdictOf(pair, least), pair, comparison };
}

function verdictOf({ verdict, median, interval }: PairResult, least: number): ClaimVerdict {
  if (verdict === 'cannot-say' || median === null || interval === null) return 'undecided';
  if (verdict === 'more' && median >= least) return 'confirmed';
  if (verdict === 'less' || verdict === 'tie' || interval.high < least) return 'refuted';
  return 'undecided';
}
