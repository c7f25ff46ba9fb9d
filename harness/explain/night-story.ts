import { groupBy } from '../kit/group.ts';
import type { Night } from '../model/night.ts';
import type { NightRecord, UnitRecord, UnprotectedReason } from '../model/record.ts';

// A whole night in a few lines, for whoever does not know yet which VM to ask about. Seconds from the first job's start.

export interface NightStory {
  /** second of the day at time 0 */
  readonly originS: number;
  readonly workUnit: 'vm' | 'disk';
  readonly units: number;
  readonly protectedUnits: number;
  /** the last to end of those that are protected, last first */
  readonly lastEnds: readonly { readonly unit: string; readonly endS: number }[];
  /** most first */
  readonly unprotected: readonly {
    readonly reason: UnprotectedReason;
    readonly units: number;
    /** some of them */
    readonly some: readonly string[];
  }[];
}

const mostNamed = 5;

export function nightStory(night: Night, { units }: NightRecord, workUnit: 'vm' | 'disk'): NightStory {
  const ended = units.filter((u) => u.state === 'finished');
  const reasons = groupBy(
    units.filter((u) => u.state !== 'finished'),
    (u) => u.reason!,
  );
  const keys = (list: readonly UnitRecord[]) => list.slice(0, mostNamed).map((u) => u.key);
  return {
    originS: night.originS,
    workUnit,
    units: units.length,
    protectedUnits: ended.length,
    lastEnds: ended
      .toSorted((a, b) => b.endS! - a.endS!)
      .slice(0, mostNamed)
      .map((u) => ({ unit: u.key, endS: u.endS! })),
    unprotected: [...reasons]
      .map(([reason, list]) => ({ reason, units: list.length, some: keys(list) }))
      .toSorted((a, b) => b.units - a.units),
  };
}
