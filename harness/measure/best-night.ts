import type { Night } from '../model/night.ts';
import { boundsOf, type Bounds, type SolveProgram } from './bounds.ts';

/** What no strategy can beat in a night that protects everything: once for each document and seeds, whoever plays it. */
export interface BestNight extends Bounds {
  /** the same for strategies that keep the stream limits of proxies: never less */
  readonly kept: Bounds;
}

/**
 * A strategy may back up VMs as a whole or their disks one by one: a bound on every night is the lower of the two.
 *
 * @param solve null = only bounds of one resource each
 */
export function bestNightOf(night: Night, solve: SolveProgram | null): BestNight {
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
