import type { Night } from '../model/night.ts';
import type { NightRecord } from '../model/record.ts';
import { maxOf } from './sum.ts';
import { firstStartOf } from './tally.ts';

/** Last finish minus first job start; null unless there are units and all of them finished (night.md N18). */
export function makespanOf(night: Night, record: NightRecord): number | null {
  if (record.units.length === 0 || record.units.some((u) => u.state !== 'finished')) return null;
  return maxOf(record.units, (u) => u.endS ?? 0)! - firstStartOf(night);
}
