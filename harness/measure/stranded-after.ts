import type { JobRecord, NightRecord } from '../model/record.ts';
import { sumOf } from './sum.ts';

/**
 * Units stranded when this round of their job had ended, over all jobs. A job with fewer rounds still counts what it left;
 * what the window's end kept a last round from is not stranded (night.md N12).
 */
export const strandedAfter = (record: NightRecord, round: number): number =>
  sumOf(record.jobs, (job) =>
    round >= job.rounds.length && job.end === 'window'
      ? strandedAtEnd(record, job)
      : (job.rounds[Math.min(round, job.rounds.length) - 1]?.stranded ?? 0),
  );

const strandedAtEnd = (record: NightRecord, { job }: JobRecord): number =>
  record.units.filter((u) => u.job === job && u.state === 'stranded').length;
