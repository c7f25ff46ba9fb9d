import { tiers } from '../../model/access.ts';
import { groupBy } from '../../kit/group.ts';
import type { Id } from '../../model/facts.ts';
import type { Model } from './certify.ts';
import type { Need } from './needs.ts';
import type { Row, RowKind } from './rows.ts';
import { featureCount, features, type Use } from './uses.ts';

/** Every unit must be read from its device whatever is decided: these have bounds of their own. */
const fixed: readonly RowKind[] = ['device', 'openSnapshots'];

/** Units that stand alike and are of like sizes. */
export interface UnitClass {
  readonly startS: number;
  /** by group of rows: what all its units take of it, if they all go this way */
  readonly ways: readonly ReadonlyMap<string, number>[];
  readonly always: ReadonlyMap<string, number>;
}

/**
 * @param keyOf units of different keys are not one class
 * @param mostWays null = more than that would be there
 */
export function classesOf(
  model: Model,
  needs: readonly Need[],
  {
    keyOf,
    groupOf,
    mostWays,
  }: { keyOf: (need: Need) => string; groupOf: (row: Row) => string; mostWays: number },
): UnitClass[] | null {
  const { night, rows, uses } = model;
  const groups = rows.all.map(groupOf);
  const add = (sums: Map<string, number>, row: Id, amount: number) => {
    if (amount > 0 && !fixed.includes(rows.all[row]!.kind))
      sums.set(groups[row]!, (sums.get(groups[row]!) ?? 0) + amount);
  };
  const addAll = (sums: Map<string, number>, list: readonly Use[], own: Float64Array) => {
    for (const { row, feature, each } of list) add(sums, row, each * own[features[feature]]!);
  };
  const managerOf = (need: Need) => night.servers[need.server]!.managementServer;
  const alike = groupBy(needs, (n) => `${n.job.id} ${n.reach} ${managerOf(n)} ${tiersOf(n)} ${keyOf(n)}`);

  const classOf = (own: readonly Need[]): UnitClass => {
    const { job, facts, reach } = own[0]!;
    const ways = new Map<string, ReadonlyMap<string, number>>();
    for (const tier of tiers) {
      const total = totalOf(own, tier);
      if (total === null) continue;
      const byServer = [...groupBy(own, (n) => n.server)].map(([server, list]) => ({
        server,
        total: totalOf(list, tier)!,
      }));
      const goings = facts
        .candidates(reach, tier)
        .flatMap((proxy) => facts.agentsOf(proxy).map((agent) => ({ proxy, agent })));
      for (const { proxy, agent } of goings) {
        const sums = new Map<string, number>();
        addAll(sums, uses.ofProxy(job.id, proxy, tier), total);
        addAll(sums, uses.ofAgent(job.id, proxy, agent), total);
        for (const at of byServer)
          addAll(sums, uses.ofPlace(at.server, night.proxies[proxy]!.site, tier), at.total);
        ways.set(JSON.stringify([...sums]), sums);
      }
    }
    const always = new Map<string, number>();
    for (const need of own) for (const { row, amount } of need.always) add(always, row, amount);
    return { startS: job.startS, ways: [...ways.values()], always };
  };

  const classes: UnitClass[] = [];
  let wayCount = 0;
  for (const own of alike.values()) {
    const unitClass = classOf(own);
    wayCount += unitClass.ways.length;
    if (wayCount > mostWays) return null;
    classes.push(unitClass);
  }
  return classes;
}

const tiersOf = (need: Need): string => need.byTier.map((own) => (own === null ? 0 : 1)).join('');

function totalOf(needs: readonly Need[], tier: (typeof tiers)[number]): Float64Array | null {
  if (needs[0]!.byTier[tier - 1] === null) return null;
  const total = new Float64Array(featureCount);
  for (const { byTier } of needs) for (let f = 0; f < featureCount; f++) total[f]! += byTier[tier - 1]![f]!;
  return total;
}
