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
  const some = demands.filter((d) => d.work > 0 && d.members.length > 0);
  const ids = idsOf(some);
  const groups = groupDemands(some, ids);
  if (groups.length === 0) return null;
  const starts = [...new Set(groups.map((g) => g.startS))];
  let longest: PoolBound | null = null;
  for (const set of setsOf(groups)) {
    const members = membersOf(set, ids);
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

/** @param ids of all members: a bit for each, in this order */
function groupDemands(demands: readonly Demand[], ids: readonly Id[]): Group[] {
  const bitOf = new Map(ids.map((id, bit) => [id, BigInt(bit)]));
  const groups = new Map<string, Group>();
  // most demands share their list of members with many others: what is looked up by its content is looked up once a list
  const byList = new Map<readonly Id[], Group[]>();
  for (const { members, startS, work } of demands) {
    const ofList = byList.get(members) ?? [];
    byList.set(members, ofList);
    let group = ofList.find((g) => g.startS === startS);
    if (group === undefined) {
      const key = `${members.join(',')}@${startS}`;
      group = groups.get(key);
      if (group === undefined) {
        const set = members.reduce((bits, m) => bits | (1n << bitOf.get(m)!), 0n);
        groups.set(key, (group = { set, startS, work: 0 }));
      }
      ofList.push(group);
    }
    group.work += work;
  }
  return [...groups.values()];
}

/** The union first: of equal bounds, the one on everybody is kept. */
function setsOf(groups: readonly Group[]): bigint[] {
  const union = groups.reduce((bits, g) => bits | g.set, 0n);
  const sets = new Set([union, ...groups.map((g) => g.set)]);
  return sets.size > mostSets ? [union] : [...sets];
}

const membersOf = (set: bigint, ids: readonly Id[]): Id[] =>
  ids.filter((_, bit) => ((set >> BigInt(bit)) & 1n) === 1n);

/** Every member of them once, ascending. */
function idsOf(demands: readonly Demand[]): Id[] {
  const ids = new Set<Id>();
  for (const members of new Set(demands.map((d) => d.members))) for (const m of members) ids.add(m);
  return [...ids].toSorted((a, b) => a - b);
}
