import type { Night } from '../model/night.ts';
import { boundsOf, longestFirst, type Bound, type Bounds, type SolveProgram } from './bounds.ts';
import { wideBounds } from './bounds/wide.ts';

/** What no strategy can beat in a night that protects everything: once for each document and seeds, whoever plays it. */
export interface BestNight extends Bounds {
  /** the same for strategies that keep the stream limits of proxies: never less */
  readonly kept: Bounds;
}

/** Beyond so many VMs who reaches what is not looked at: a night of a million would take longer to bound than to simulate. */
export const mostVms = 20_000;

/**
 * A strategy may back up VMs as a whole or their disks one by one: a bound on every night is the lower of the two.
 *
 * @param solve null = only bounds of one resource each
 */
export function bestNightOf(night: Night, solve: SolveProgram | null): BestNight {
  if (night.jobs.reduce((sum, job) => sum + job.vms.length, 0) > mostVms) return wideNightOf(night);
  const isOneEach = night.jobs.every((j) => j.vms.every((vm) => night.vms[vm]!.disks.length === 1));
  const lowest = (keepLimits: boolean): Bounds => {
    const whole = boundsOf(night, 'vm', { solve, keepLimits });
    if (isOneEach) return whole;
    const byDisk = boundsOf(night, 'disk', { solve, keepLimits });
    return byDisk.bestS < whole.bestS ? byDisk : whole;
  };
  const [any, kept] = [lowest(false), lowest(true)];
  return { ...any, kept: kept.bestS > any.bestS ? kept : any };
}

function wideNightOf(night: Night): BestNight {
  const { any, kept } = wideBounds(night);
  const boundsFrom = (found: readonly Bound[]): Bounds => {
    const all = longestFirst(found);
    return { bestS: all[0]?.seconds ?? 0, binding: all[0]?.what ?? null, all, program: 'far too large' };
  };
  return { ...boundsFrom(any), kept: boundsFrom(kept) };
}
