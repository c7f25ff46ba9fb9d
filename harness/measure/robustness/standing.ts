import type { Metric } from '../../model/kind.ts';
import type { PairResult } from '../compare/compare.ts';

/** What a comparison of a and b comes to: which is better, that they are alike, or nothing that is sure. */
export type Standing = 'a' | 'b' | 'alike' | 'open';

export function standingOf(
  { verdict }: Pick<PairResult, 'verdict'>,
  { better }: Pick<Metric, 'better'>,
): Standing {
  switch (verdict) {
    case 'less':
    case 'more':
      return (verdict === 'less') === (better === 'lower') ? 'a' : 'b';
    case 'tie':
    case 'below-noise':
      return 'alike';
    case 'undecided':
    case 'cannot-say':
      return 'open';
  }
}
