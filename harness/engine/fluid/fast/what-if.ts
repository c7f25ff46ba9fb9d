import type { Use } from '../solver.ts';
import type { Levels } from './levels.ts';

/**
 * The rate that one more flow would get, from present rates alone: filling goes as before up to the height at which the
 * newcomer stops, so below that height everybody keeps their rate, and above it nobody concerns it.
 *
 * @param uses every resource once
 */
export function rateOfNewcomer(levels: Levels, capMBps: number, uses: readonly Use[]): number {
  let rate = capMBps;
  for (const use of uses) rate = Math.min(rate, levelWith(levels, use));
  return rate;
}

/** The s that solves: sum over members of perMB * min(rate, s), + newcomer.perMB * s = capacity with one more. */
function levelWith(levels: Levels, newcomer: Use): number {
  const { head, nextOn, perMB, shift, count } = levels.flows;
  const r = newcomer.resource;
  const capacity = levels.capacityWith(r, count[r]! + 1);
  // From below: with those that stop below s taken out s can only rise, and it stands once no further one stops.
  let level = 0;
  for (;;) {
    let room = capacity;
    let weight = newcomer.perMB;
    for (let use = head[r]!; use >= 0; use = nextOn[use]!) {
      const rate = levels.rateOf(use >> shift);
      if (rate < level) room -= perMB[use]! * rate;
      else weight += perMB[use]!;
    }
    const next = Math.max(0, room) / weight;
    if (next <= level) return level;
    level = next;
  }
}
