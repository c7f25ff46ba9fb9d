import type { Night } from '../../model/night.ts';
import { needsOf } from '../bounds/needs.ts';
import { rowsOf } from '../bounds/rows.ts';
import { features, usesOf } from '../bounds/uses.ts';

export interface TooLong {
  readonly vm: string;
  readonly toMoveMB: number;
  /** if it had the night to itself */
  readonly aloneS: number;
}

/** VMs that cannot be read inside their job's window even alone, as one unit on the best of their paths; the longest first. */
export function tooLongAlone(night: Night): readonly TooLong[] {
  const rows = rowsOf(night, false);
  return needsOf(night, night.jobs, 'vm', { rows, uses: usesOf(night, rows) })
    .filter(({ job, endS }) => endS > job.windowEndS)
    .map(({ job, vmKey, byTier, endS }) => ({
      vm: vmKey,
      toMoveMB: byTier.find((own) => own !== null)?.[features.MB] ?? 0,
      aloneS: endS - job.startS,
    }))
    .toSorted((a, b) => b.aloneS - a.aloneS);
}
