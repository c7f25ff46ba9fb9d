/** Parameters that take one of a few words; the first is the default. */
export const choices = {
  /** as written; or VMs in list order, each to one of its eligible proxies (US 10,148,780, US 11,323,531) */
  flow: ['proxy-first', 'vm-first'],
  /** A1: a score at the threshold is too busy (S:508), or only one over it (S:506) */
  passOver: ['at-threshold', 'over-threshold'],
  /** A2: when the threshold falls back */
  reset: ['round', 'never', 'start'],
  /** A3: how far it is raised; one threshold for all ends at the same place either way, several (scope) may not */
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
