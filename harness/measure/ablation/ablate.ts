import { groupBy } from '../../kit/group.ts';
import type { Consideration, Metric, Row } from '../../model/kind.ts';
import { compareStrategies, type Comparison, type PairResult } from '../compare/compare.ts';
import type { Variants } from './variants.ts';

/** What the considerations of a strategy do to one metric of one document. */
export interface Ablation {
  readonly document: string;
  readonly metric: Metric;
  /** every consideration off (a) against all on (b) */
  readonly allOff: PairResult;
  readonly effects: readonly Effect[];
  /** what the pairs of `effects` rest on */
  readonly without: Comparison;
  readonly alone: Comparison;
}

export interface Effect {
  readonly consideration: Consideration;
  /** the strategy without it (a) against the whole (b) */
  readonly without: PairResult;
  /** with it alone (a) against none (b) */
  readonly alone: PairResult;
}

/** Paired on the same nights, per document; p-values are adjusted over the considerations of one table. */
export function ablate(rows: readonly Row[], variants: Variants, metrics: readonly Metric[]): Ablation[] {
  const { whole, none, each } = variants;
  return [...groupBy(rows, (row) => row.document).values()].flatMap((own) => {
    const against = (baseline: string, texts: readonly string[], metric: Metric) =>
      compareStrategies(
        own.filter(({ strategy }) => strategy === baseline || texts.includes(strategy)),
        [],
        { metric, baseline },
      );
    return metrics.map((metric) => {
      const texts = { without: each.map((e) => e.without), alone: each.map((e) => e.alone) };
      const without = against(whole, texts.without, metric);
      const alone = against(none, texts.alone, metric);
      return {
        document: own[0]!.document,
        metric,
        allOff: pairOf(against(whole, [none], metric), none),
        effects: each.map((e) => ({
          consideration: e.consideration,
          without: pairOf(without, e.without),
          alone: pairOf(alone, e.alone),
        })),
        without,
        alone,
      };
    });
  });
}

const pairOf = ({ pairs }: Comparison, strategy: string): PairResult =>
  pairs.find(({ a }) => a === strategy)!;
