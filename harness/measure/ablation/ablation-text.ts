import { groupBy } from '../../kit/group.ts';
import type { PairResult } from '../compare/compare.ts';
import type { Scale } from '../compare/worth.ts';
import { countOf, numberOf } from '../words.ts';
import type { Ablation, Effect } from './ablate.ts';
import { buysOf, type Buys } from './buys.ts';

/** "+3.1 % (+1 to +5.2), helps": how much the metric moves when the consideration goes, or comes. */
export function effectText({ median, interval }: PairResult, scale: Scale, buys: Buys): string {
  if (median === null) return 'nothing to compare';
  const range =
    interval === null ? '' : ` (${signed(interval.low, scale)} to ${signed(interval.high, scale)})`;
  return `${sizeText(median, scale)}${range}, ${buys}`;
}

/** "never": the variant does not get there at all; "only so": what it is held against does not. */
function signed(by: number, scale: Scale): string {
  if (by === 0) return '0';
  if (!Number.isFinite(by)) return by > 0 ? 'never' : 'only so';
  const size = Math.abs(scale === 'ratio' ? 100 * (Math.exp(by) - 1) : by);
  const short = Number(size.toPrecision(2));
  return `${by < 0 ? '-' : '+'}${short >= 100 ? numberOf(short) : short}`;
}

/** One sentence per consideration: where it helps and where it harms, over documents and metrics. */
export function ablationSentences(ablations: readonly Ablation[]): string[] {
  const told = ablations.flatMap((of) =>
    of.effects.map((effect) => ({ of, effect, buys: buysOf(effect.without, of.metric, 'b') })),
  );
  return [...groupBy(told, ({ effect }) => effect.consideration.parameter).values()].map((own) => {
    const { what, parameter } = own[0]!.effect.consideration;
    const parts = (['helps', 'harms'] as const).flatMap((word) => {
      const places = own.filter(({ buys }) => buys === word).map(placeText);
      return places.length === 0 ? [] : [`${word} ${places.join('; ')}`];
    });
    const open = own.filter(({ buys }) => buys === 'not sure' || buys === 'cannot say').length;
    const rest = open === 0 ? '' : `; ${open} of ${countOf(own.length, 'answer')} open`;
    const shown = parts.length > 0 ? parts.join('; ') : 'no effect is shown';
    return `${parameter} (${what}): ${shown}${rest}.`;
  });
}

const placeText = ({ of, effect }: { readonly of: Ablation; readonly effect: Effect }): string =>
  `${of.metric.label} of ${of.document} (without it ${sizeText(effect.without.median, of.without.scale)})`;

const sizeText = (by: number | null, scale: Scale): string =>
  by === null ? '-' : `${signed(by, scale)}${scale === 'ratio' && Number.isFinite(by) ? ' %' : ''}`;
