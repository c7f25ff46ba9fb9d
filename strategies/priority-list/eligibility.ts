import { tiers, type Tier } from '../../harness/model/access.ts';
import type { Id, JobFacts } from '../../harness/model/facts.ts';
import type { PriorityListParams } from './params.ts';

/** Proxies that may back up the units of a reach, ascending, when so many tiers are open to it: 1 in the first round. */
export type Eligibility = (reach: Id, openTiers: number) => readonly Id[];

/**
 * Only proxies of the highest tier are eligible for a VM at first; each later round adds the next lower tier.
 *
 * Source: S:484-492; candidates (installed, active, suited) and their tiers come with the facts.
 */
export function createEligibility(job: JobFacts, params: PriorityListParams): Eligibility {
  const known = new Map<number, readonly Id[]>();
  return (reach, openTiers) => {
    const key = 8 * reach + Math.min(openTiers, 7);
    let proxies = known.get(key);
    if (proxies === undefined) {
      const present = tiers.filter((t) => job.candidates(reach, t).length > 0);
      const open = params.tiers ? openOf(present, openTiers, params) : present;
      proxies = open.flatMap((t) => job.candidates(reach, t)).toSorted((a, b) => a - b);
      known.set(key, proxies);
    }
    return proxies;
  };
}

/** @param present tiers that have a candidate, best first */
function openOf(present: readonly Tier[], count: number, params: PriorityListParams): readonly Tier[] {
  const best = present[0];
  if (best === undefined) return [];
  const top = params.highest === 'of-vm' ? best : 1; // A13
  const steps = [top, ...present.filter((t) => t > top)];
  const lowest = params.nextTier === 'non-empty' ? (steps[count - 1] ?? 4) : top + count - 1; // A14
  const open = present.filter((t) => t <= lowest);
  return open.length > 0 ? open : [best]; // A13: absolute, with fallback
}
