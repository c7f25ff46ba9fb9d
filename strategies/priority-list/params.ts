// Parameters of the method: what its text leaves open (A-numbers: our readings, the first choice is the default), and a
// switch for each of its considerations.

export const choices = {
  /** as written; or VMs in list order, each to one of its eligible proxies (US 10,148,780, US 11,323,531) */
  flow: ['proxy-first', 'vm-first'],
  /** A1: a score at the threshold is too busy (S:508), or only one over it (S:506) */
  passOver: ['at-threshold', 'over-threshold'],
  /** A2: when the threshold falls back */
  reset: ['round', 'never', 'start'],
  /** A3: how far it is raised */
  raise: ['one', 'smallest-score'],
  /** A4: what has a threshold of its own */
  scope: ['job', 'proxy', 'device'],
  /** A6: streams that make a score */
  count: ['all-jobs-device', 'all-jobs-store', 'this-job-device'],
  /** A7: the score of a VM on several of them */
  manyStores: ['max', 'sum'],
  /** A11: among proxies of equal utilisation; controller-first is S:498 */
  tie: ['lowest-id', 'controller-first', 'random'],
  /** A13: the highest tier is the best that the VM has, or tier 1, and its best where it has none that is open */
  highest: ['of-vm', 'absolute'],
  /** A14 */
  nextTier: ['non-empty', 'next-number'],
  /** A25 */
  size: ['allocated', 'to-move'],
  /** A28: penalised = counts as if one stream more were active on it */
  coordinatorMoves: ['as-any', 'penalised'],
  /** VMs that rank above the number of proxies (S:540-542); san-first: those that some proxy reaches by SAN */
  rank: ['none', 'san-first', 'largest-first'],
} as const;

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
