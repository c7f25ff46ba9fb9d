import type { Night } from '../../model/night.ts';
import { pathsOf } from '../bounds/paths.ts';

export interface TooLong {
  readonly vm: string;
  readonly toMoveMB: number;
  /** if it had the night to itself */
  readonly aloneS: number;
}

/** VMs that cannot be read inside their job's window even alone, as one unit on the best of their paths; the longest first. */
export const tooLongAlone = (night: Night): readonly TooLong[] =>
  night.jobs
    .flatMap((job) =>
      pathsOf(night, job, 'vm')
        .filter(({ aloneS }) => job.startS + aloneS > job.windowEndS)
        .map(({ vmKey, sizeMB, aloneS }) => ({ vm: vmKey, toMoveMB: sizeMB, aloneS })),
    )
    .toSorted((a, b) => b.aloneS - a.aloneS);
