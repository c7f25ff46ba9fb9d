import type { Robustness, Tried } from './robustness.ts';

type Assumption = Robustness['assumptions'][number];

/** Draws that come to something else than as written, told apart by one assumption. */
export interface Cut {
  readonly assumption: Assumption;
  readonly side: 'below' | 'above';
  /** the first on that side */
  readonly value: number;
  readonly beyond: Count;
  readonly within: Count;
}

interface Count {
  /** draws that differ, of so many */
  readonly differ: number;
  readonly of: number;
}

/** Of some forty draws over some fifteen assumptions one always fits a little: less than this is not told. */
const leastEach = 4;
const mostWrongShare = 0.5;

/** The value of one assumption that tells best which draws differ; null = none tells them apart well. */
export function bestCut(of: Robustness): Cut | null {
  const drawn = of.together.map(({ levels, standing }) => ({
    levels,
    differs: standing !== of.written.standing,
  }));
  const all = countOf(drawn);
  const rarer = Math.min(all.differ, all.of - all.differ);
  if (rarer < leastEach) return null;
  const wrongOf = ({ beyond, within }: Cut) => within.differ + beyond.of - beyond.differ;
  const [best] = of.assumptions
    .flatMap((assumption) => cutsOf(assumption, drawn))
    .toSorted((x, y) => wrongOf(x) - wrongOf(y));
  return best !== undefined && wrongOf(best) <= mostWrongShare * rarer ? best : null;
}

interface Drawn extends Pick<Tried, 'levels'> {
  readonly differs: boolean;
}

/** Between every two values that differ, to both sides. */
function cutsOf(assumption: Assumption, drawn: readonly Drawn[]): Cut[] {
  if (!('least' in assumption.range)) return [];
  const valueOf = ({ levels }: Drawn) => levels[assumption.name] as number;
  const sorted = drawn.toSorted((x, y) => valueOf(x) - valueOf(y));
  return sorted.flatMap((upper, i) => {
    const lower = sorted[i - 1];
    if (lower === undefined || valueOf(lower) === valueOf(upper)) return [];
    const [below, above] = [countOf(sorted.slice(0, i)), countOf(sorted.slice(i))];
    return [
      { assumption, side: 'below' as const, value: valueOf(lower), beyond: below, within: above },
      { assumption, side: 'above' as const, value: valueOf(upper), beyond: above, within: below },
    ];
  });
}

const countOf = (some: readonly Drawn[]): Count => ({
  differ: some.filter(({ differs }) => differs).length,
  of: some.length,
});
