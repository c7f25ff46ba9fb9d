import type { PairResult } from '../compare/compare.ts';
import type { Metric } from '../../model/kind.ts';

/** What a consideration does to a metric, as far as the clusters show. */
export type Buys = 'helps' | 'harms' | 'nothing' | 'not sure' | 'cannot say';

/** @param side which side of the pair has the consideration */
export function buysOf({ verdict }: PairResult, { better }: Metric, side: 'a' | 'b'): Buys {
  switch (verdict) {
    case 'tie':
    case 'below-noise':
      return 'nothing';
    case 'undecided':
      return 'not sure';
    case 'cannot-say':
      return 'cannot say';
    case 'less':
    case 'more':
      return ((verdict === 'less') === (better === 'lower')) === (side === 'a') ? 'helps' : 'harms';
  }
}
