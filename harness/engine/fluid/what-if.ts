import type { FlowTable } from './flow-table.ts';
import type { Use } from './solver.ts';

/**
 * The rate that one more flow would get, from present rates alone: filling goes as before up to the height at which the
 * newcomer stops, so below that height everybody keeps their rate, and above it nobody concerns it.
 *
 * @param uses every resource once
 * @param rates by flow, MB/s: the max-min fair ones
 */
export function rateOfNewcomer(
  table: FlowTable,
  rates: Float64Array,
  capMBps: number,
  uses: readonly Use[],
): number {
  let rate = capMBps;
  for (const use of uses) rate = Math.min(rate, levelWith(table, rates, use));
  return rate;
}

/** The s that solves: sum over members of perMB * min(rate, s), + newcomer.perMB * s = capacity with one more. */
function levelWith(table: FlowTable, rates: Float64Array, newcomer: Use): number {
  const members = table.members[newcomer.resource]!;
  const capacity = table.capacityWith(newcomer.resource, members.length + 1);
  // From below: with those that stop below s taken out s can only rise, and it stands once no further one stops.
  let level = 0;
  for (;;) {
    let room = capacity;
    let weight = newcomer.perMB;
    for (const use of members) {
      const rate = rates[table.flowOf[use]!]!;
      if (rate < level) room -= table.perMB[use]! * rate;
      else weight += table.perMB[use]!;
    }
    const next = Math.max(0, room) / weight;
    if (next <= level) return level;
    level = next;
  }
}
