import type { Id } from '../../model/facts.ts';

/** Work that some members of a pool must do, together, not before `startS`. */
export interface Demand {
  /** who may do it */
  readonly members: readonly Id[];
  readonly startS: number;
  readonly work: number;
}

export interface PoolBound {
  readonly seconds: number;
  /** ascending */
  readonly members: readonly Id[];
}

/** Above so many distinct sets of members only the union of all is looked at: the pairs of sets are compared. */
const mostSets = 128;

/**
 * The latest of: s + (work that starts at s or later and that only members of M may do) / (what M does in a second),
 * over sets of members M and starts s. Null where no demand has any work.
 *
 * @param capacityOf work that a member does in a second, > 0
 */
export function boundPool(demands: readonly Demand[], capacityOf: (member: Id) => number): PoolBound | null {
  const groups = groupDemands(demands.filter((d) => d.work > 0 && d.members.length > 0));
  if (groups.length === 0) return null;
  const starts = [...new Set(groups.map((g) => g.startS))];
  let longest: PoolBound | null = null;
  for (const set of setsOf(groups)) {
    const members = membersOf(set);
    const capacity = members.reduce((sum, m) => sum + capacityOf(m), 0);
    const inside = groups.filter((g) => (g.set | set) === set);
    for (const startS of starts) {
      const work = inside.reduce((sum, g) => (g.startS >= startS ? sum + g.work : sum), 0);
      const seconds = startS + work / capacity;
      if (work > 0 && (longest === null || seconds > longest.seconds)) longest = { seconds, members };
    }
  }
  return longest;
}

/** Members as bits: subsets are compared by one operation. */
interface Group {
  readonly set: bigint;
  readonly startS: number;
  work: number;
}

function groupDemands(demands: readonly Demand[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { members, startS, work } of demands) {
    const key = `${members.join(',')}@${startS}`;
    const known = groups.get(key);
    if (known !== undefined) known.work += work;
    else groups.set(key, { set: members.reduce((bits, m) => bits | (1n << BigInt(m)), 0n), startS, work });
  }
  return [...groups.values()];
}

/** The union first: of equal bounds, the one on everybody is kept. */
function setsOf(groups: readonly Group[]): bigint[] {
  const union = groups.reduce((bits, g) => bits | g.set, 0n);
  const sets = new Set([union, ...groups.map((g) => g.set)]);
  return sets.size > mostSets ? [union] : [...sets];
}

function membersOf(set: bigint): Id[] {
  const members: Id[] = [];
  for (let id = 0, rest = set; rest > 0n; id++, rest >>= 1n) if ((rest & 1n) === 1n) members.push(id);
  return members;
}
