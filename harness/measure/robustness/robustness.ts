import { groupBy } from '../../kit/group.ts';
import type { Sweep, SweepPoint } from '../../kit/sweep.ts';
import type { Value } from '../../kit/value-range.ts';
import type { AssumptionInfo, Metric, Row } from '../../model/kind.ts';
import { compareStrategies, type Comparison, type PairResult } from '../compare/compare.ts';
import { standingOf, type Standing } from './standing.ts';

/** Two strategies by one metric on one document, under every assumption that was tried. */
export interface Robustness {
  readonly document: string;
  readonly metric: Metric;
  readonly a: string;
  readonly b: string;
  readonly written: Tried;
  /** one assumption other than written */
  readonly alone: readonly Tried[];
  /** all assumptions drawn */
  readonly together: readonly Tried[];
  /** those that the document makes, and what it has; null = several values, or none */
  readonly assumptions: readonly (AssumptionInfo & { readonly written: Value | null })[];
}

/** A comparison under some assumptions: the same statistics as ever. */
export interface Tried {
  /** what is other than written */
  readonly levels: Readonly<Record<string, Value>>;
  readonly draw: number | null;
  readonly comparison: Comparison;
  readonly pair: PairResult;
  readonly standing: Standing;
}

export interface RobustnessQuestion {
  readonly metrics: readonly Metric[];
  /** in the order in which they are named: the first of a pair is a */
  readonly strategies: readonly string[];
  /** null = every strategy with every other */
  readonly baseline: string | null;
}

export function robustnessOf(
  { rows, shaken }: { readonly rows: readonly Row[]; readonly shaken: readonly Row[] },
  { points, assumptions }: Sweep,
  question: RobustnessQuestion,
): Robustness[] {
  const rowsOf = groupBy(rows, ({ document }) => document);
  const shakenOf = groupBy(shaken, ({ document }) => document);
  const compare = compareAt(question);
  const bases = groupBy(points, ({ base }) => base);
  return [...bases].flatMap(([base, own]) => {
    // a point stands there once for each strategy
    const byDocument = [...new Map(own.map((point) => [point.document, point])).values()];
    return question.metrics.flatMap((metric) => {
      const tried = byDocument.map((point) => ({
        point,
        comparison: compare(rowsOf.get(point.document) ?? [], shakenOf.get(point.document) ?? [], metric),
      }));
      return tried[0]!.comparison.pairs.map(({ a, b }) => {
        const all = tried.map(({ point, comparison }) => triedAs(point, comparison, { a, b }));
        const written = assumptions!.written[base]!;
        return {
          document: base,
          metric,
          a,
          b,
          written: all.find(({ levels, draw }) => draw === null && Object.keys(levels).length === 0)!,
          alone: all.filter(({ levels, draw }) => draw === null && Object.keys(levels).length > 0),
          together: all.filter(({ draw }) => draw !== null),
          assumptions: assumptions!.all.flatMap((info) => {
            const value = written[info.name];
            return value === undefined ? [] : [{ ...info, written: value }];
          }),
        };
      });
    });
  });
}

const compareAt =
  ({ strategies, baseline }: RobustnessQuestion) =>
  (rows: readonly Row[], shaken: readonly Row[], metric: Metric): Comparison => {
    // pairs follow the order of the rows
    const inOrder = (some: readonly Row[]) =>
      strategies.flatMap((strategy) => some.filter((row) => row.strategy === strategy));
    const copies = groupBy(shaken, ({ shake }) => shake);
    return compareStrategies(inOrder(rows), [...copies.values()].map(inOrder), { metric, baseline });
  };

function triedAs(
  { levels, draw }: SweepPoint,
  comparison: Comparison,
  { a, b }: { readonly a: string; readonly b: string },
): Tried {
  const pair = comparison.pairs.find((one) => one.a === a && one.b === b)!;
  return { levels, draw: draw ?? null, comparison, pair, standing: standingOf(pair, comparison.metric) };
}
