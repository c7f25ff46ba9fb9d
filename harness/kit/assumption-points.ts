import type { AssumptionInfo } from '../model/kind.ts';
import { drawUniform } from './rng.ts';
import type { Value } from './value-range.ts';

/** How assumptions are varied: each alone over so many levels, and all together in so many draws. */
export interface AssumptionAsk {
  /** of a range, at least 2: its ends and what lies between, evenly */
  readonly levels: number;
  readonly draws: number;
  readonly seed: number;
}

export interface AssumedPoint {
  /** what is other than written */
  readonly levels: Readonly<Record<string, Value>>;
  /** number of a draw, from 1; null = one alone, or as written */
  readonly draw: number | null;
}

/**
 * As written, then each assumption alone, then the draws. What a document has already, or nearly, is not
 * tried again alone.
 *
 * @param written by name what the document has
 */
export function assumptionPoints(
  assumptions: readonly AssumptionInfo[],
  written: Readonly<Record<string, Value | null>>,
  { levels, draws, seed }: AssumptionAsk,
): AssumedPoint[] {
  const alone = assumptions.flatMap((assumption) =>
    levelsOf(assumption, levels)
      .filter((value) => !isSame(value, written[assumption.name]!, assumption))
      .map((value) => ({ levels: { [assumption.name]: value }, draw: null })),
  );
  return [{ levels: {}, draw: null }, ...alone, ...latinHypercube(assumptions, draws, seed)];
}

/** A hundredth of its range is no other value. */
function isSame(value: Value, written: Value | null, { range }: AssumptionInfo): boolean {
  if (typeof value !== 'number' || typeof written !== 'number' || !('least' in range))
    return value === written;
  return Math.abs(value - written) <= 0.01 * (range.most - range.least);
}

export function levelsOf({ range }: AssumptionInfo, count: number): readonly Value[] {
  if (!('least' in range)) return range;
  const at = (i: number) => valueAt(range, i / (count - 1));
  return [...new Set(Array.from({ length: count }, (_, i) => at(i)))];
}

/**
 * Latin hypercube: of n draws, each n-th of every range has exactly one, and which ones meet is left to chance. Values are as
 * often as each other, to one. (McKay, Beckman and Conover, Technometrics 21(2), 1979)
 */
function latinHypercube(assumptions: readonly AssumptionInfo[], draws: number, seed: number): AssumedPoint[] {
  const columns = assumptions.map(({ name, range }) => {
    const key = (of: string, i: number) => drawUniform(['assumptions', seed, draws, name, of, i]);
    const strata = Array.from({ length: draws }, (_, i) => i)
      .map((i) => ({ i, place: key('place', i) }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ i }) => i);
    return strata.map((stratum) => {
      if ('least' in range) return valueAt(range, (stratum + key('share', stratum)) / draws);
      return range[Math.floor(((stratum + 0.5) / draws) * range.length)]!;
    });
  });
  return Array.from({ length: draws }, (_, d) => ({
    levels: Object.fromEntries(assumptions.map(({ name }, a) => [name, columns[a]![d]!])),
    draw: d + 1,
  }));
}

/** Three digits, as a person would write it; the ends as they are. */
function valueAt(
  { least, most, whole }: { readonly least: number; readonly most: number; readonly whole: boolean },
  share: number,
): number {
  if (share === 0) return least;
  if (share === 1) return most;
  const value = least + share * (most - least);
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}
