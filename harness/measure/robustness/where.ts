import type { Value } from '../../kit/value-range.ts';
import type { Robustness } from './robustness.ts';
import type { Standing } from './standing.ts';

type Assumption = Robustness['assumptions'][number];

/** An assumption under which a comparison comes to a standing. */
export interface Where {
  readonly assumption: Assumption;
  /** `below`: at this value, and at every lower one that was tried; `above` alike; `at`: there, but not at all beyond */
  readonly side: 'below' | 'above' | 'at';
  readonly value: Value;
  /** the next value towards the written one, where it is not so; null = there is none, or no order */
  readonly notAt: Value | null;
}

/** Which single assumptions make it so. A standing that it has as written is not looked for. */
export const whereOf = (of: Robustness, standing: Standing): Where[] =>
  of.assumptions.flatMap((assumption) => {
    const tried = of.alone
      .filter(({ levels }) => levels[assumption.name] !== undefined)
      .map((one) => ({ value: one.levels[assumption.name]!, isSo: one.standing === standing }));
    const { written } = assumption;
    if (typeof written !== 'number' || !('least' in assumption.range))
      return tried.flatMap(({ value, isSo }) =>
        isSo ? [{ assumption, side: 'at' as const, value, notAt: null }] : [],
      );
    const numbers = tried.map(({ value, isSo }) => ({ value: value as number, isSo }));
    return [
      ...onSide(
        assumption,
        written,
        numbers.filter(({ value }) => value < written).toSorted((x, y) => y.value - x.value),
        'below',
      ),
      ...onSide(
        assumption,
        written,
        numbers.filter(({ value }) => value > written).toSorted((x, y) => x.value - y.value),
        'above',
      ),
    ];
  });

/** @param outwards from the written value */
function onSide(
  assumption: Assumption,
  written: number,
  outwards: readonly { readonly value: number; readonly isSo: boolean }[],
  side: 'below' | 'above',
): Where[] {
  const first = outwards.findIndex(({ isSo }) => isSo);
  if (first < 0) return [];
  const isAll = outwards.slice(first).every(({ isSo }) => isSo);
  const notAt = first === 0 ? written : outwards[first - 1]!.value;
  return [{ assumption, side: isAll ? side : 'at', value: outwards[first]!.value, notAt }];
}
