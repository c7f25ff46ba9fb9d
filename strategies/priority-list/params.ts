import type { choices } from './choices.ts';

// Parameters of the method: what its text leaves open (A-numbers: our readings, the first choice is the default), and a
// switch for each of its considerations.

type Choices = { readonly [K in keyof typeof choices]: (typeof choices)[K][number] };

export type PriorityListParams = Choices & {
  /** T0 of A1 */
  readonly threshold: number;
  /** A3: null = the threshold rises without end */
  readonly cap: number | null;
  /** A5: at the present threshold try every free proxy before it is raised; proxy-first only */
  readonly othersFirst: boolean;
  /** A21: a failed VM awaits again in the same round, for another eligible proxy */
  readonly retryInRound: boolean;
  /** A22: a proxy with so many failures of this job gets no more of it; null = never */
  readonly dropAfter: number | null;

  // The considerations. What is off no longer decides; the rest goes on.
  /** S:464: a proxy at its limit is skipped (utilisation still divides by it) */
  readonly limit: boolean;
  /** S:492: off = every usable mode from the first round on */
  readonly tiers: boolean;
  /** S:474: fewest eligible proxies first */
  readonly order: boolean;
  /** S:480: then the largest */
  readonly tieBreak: boolean;
  /** S:526: least utilised proxy first */
  readonly utilisation: boolean;
  /** S:506: VMs on busy devices are passed over */
  readonly activity: boolean;
  /** S:452-454: off = a failed VM awaits again at once, and its own failures open its next tier */
  readonly rounds: boolean;
};

export const defaults: PriorityListParams = {
  flow: 'proxy-first',
  limit: true,
  tiers: true,
  order: true,
  tieBreak: true,
  utilisation: true,
  activity: true,
  rounds: true,
  passOver: 'at-threshold',
  threshold: 1,
  reset: 'round',
  raise: 'one',
  cap: null,
  scope: 'job',
  othersFirst: false,
  count: 'all-jobs-device',
  manyStores: 'max',
  tie: 'lowest-id',
  highest: 'of-vm',
  nextTier: 'non-empty',
  retryInRound: false,
  dropAfter: null,
  size: 'allocated',
  coordinatorMoves: 'as-any',
  rank: 'none',
};
