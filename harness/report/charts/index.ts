import type { Chart } from '../../model/kind.ts';
import { deviceStreams } from './device-streams.ts';
import { protectedOverTime } from './protected-over-time.ts';
import { strandedByRound } from './stranded-by-round.ts';
import { timeTo95 } from './time-to-95.ts';
import { whatLimited } from './what-limited.ts';

/** Charts of a night of backups, in the order in which one reads them. */
export const charts: readonly Chart[] = [
  protectedOverTime,
  timeTo95,
  strandedByRound,
  deviceStreams,
  whatLimited,
];
