import { normalCdf } from './special.ts';

export interface SignedRank {
  /** sum of the ranks of positive values */
  readonly positive: number;
  /** and of negative ones */
  readonly negative: number;
  /** two-sided, in (0, 1] */
  readonly p: number;
}

/** Beyond so many values the exact distribution has no more to say. */
const mostExact = 100;

/**
 * Wilcoxon's signed-rank test, zeros as Pratt has it: they are ranked with the others and then left out. Equal sizes share
 * their mean rank. Exact, given the ranks, up to 100 values; by the normal distribution beyond.
 *
 * @param values differences, any order; infinite ones rank highest, as equals
 * Source: Wilcoxon, Biometrics 1(6), 1945; Pratt, J. Amer. Statist. Assoc. 54(287), 1959.
 */
export function signedRank(values: readonly number[]): SignedRank {
  const signed = midRanks(values.map(Math.abs))
    .map((rank, i) => ({ rank, sign: Math.sign(values[i]!) }))
    .filter(({ sign }) => sign !== 0);
  const sumOf = (sign: number) => signed.reduce((sum, one) => sum + (one.sign === sign ? one.rank : 0), 0);
  const [positive, negative] = [sumOf(1), sumOf(-1)];
  const ranks = signed.map(({ rank }) => rank);
  const least = Math.min(positive, negative);
  const p = ranks.length === 0 ? 1 : ranks.length <= mostExact ? exactP(ranks, least) : normalP(ranks, least);
  return { positive, negative, p: Math.min(1, p) };
}

/** The least p that so many values can have: all of one sign. */
export const leastP = (n: number): number => Math.min(1, 2 ** (1 - n));

/** Equal values share the mean of their ranks; ranks from 1. */
export function midRanks(values: readonly number[]): number[] {
  const order = values
    .map((_, i) => i)
    .toSorted((a, b) => (values[a] === values[b] ? 0 : values[a]! - values[b]!));
  const ranks = values.map(() => 0);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
  }
  return ranks;
}

/** Twice P(W <= least) where every rank counts or not by a toss; ranks are halves: counted doubled. */
function exactP(ranks: readonly number[], least: number): number {
  const most = Math.round(2 * least);
  const share = new Float64Array(most + 1);
  share[0] = 1;
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    for (let sum = most; sum >= 0; sum--)
      share[sum] = ((sum >= step ? share[sum - step]! : 0) + share[sum]!) / 2;
  }
  return 2 * share.reduce((sum, one) => sum + one, 0);
}

function normalP(ranks: readonly number[], least: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  // half a step of W towards the mean
  return 2 * normalCdf(Math.min(0, (least + 0.5 - mean) / Math.sqrt(variance)));
}
