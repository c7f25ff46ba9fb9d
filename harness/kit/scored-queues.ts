import type { Id, UnitFacts } from '../model/facts.ts';
import type { View } from '../model/strategy.ts';
import { createProxyGroups, type ProxyGroup, type ProxyGroups } from './proxy-groups.ts';
import { ScoredItem, ScoredList } from './scored-list.ts';

/** Units that stand alike: the same proxies may take them, and their storage is the same. It stands where its first unit does. */
export class ScoredQueue extends ScoredItem {
  readonly name: string;
  readonly group: ScoredGroup;
  readonly devices: readonly Id[];
  readonly stores: readonly Id[];
  readonly units: Id[] = [];
  readonly places: number[] = [];
  head = 0;

  constructor(name: string, group: ScoredGroup, { devices, stores }: UnitFacts) {
    super();
    this.name = name;
    this.group = group;
    this.devices = devices;
    this.stores = stores;
  }

  get first(): Id {
    return this.units[this.head]!;
  }
}

/** Queues that the same proxies may take from. */
export interface ScoredGroup extends ProxyGroup {
  readonly list: ScoredList<ScoredQueue>;
}

export type Holder = 'devices' | 'stores';

export interface QueueRule {
  readonly scoreOf: (queue: ScoredQueue, view: View) => number;
  /** what scores hang on */
  readonly scoredBy: readonly Holder[];
}

/** What follows the queues. */
export interface QueueFollower {
  /** the group holds something from now on, or nothing more */
  wanted(group: ScoredGroup, view: View): void;
  /** what the group would give may have changed */
  changed(group: ScoredGroup): void;
  /** the score of the queue is lower than it was, or the queue is new */
  eased(queue: ScoredQueue, view: View): void;
}

export interface NamedUnit {
  /** units of equal name stand alike */
  readonly name: string;
  readonly unit: UnitFacts;
  readonly place: number;
  readonly proxies: readonly Id[];
}

/** An ordered list of units in which the first with a low score is found by looking at the groups of a proxy. */
export interface ScoredQueues {
  readonly groups: ProxyGroups<ScoredGroup>;
  /** anew; the units of a queue come in the order of the list */
  fill(units: Iterable<NamedUnit>, view: View): void;
  /** one more, of a name of its own */
  add(unit: NamedUnit, view: View): void;
  /** takes out the first unit of a queue */
  remove(unit: Id, view: View): void;
  /** what the scores of the queues on these devices or stores hang on has changed */
  rescore(holder: Holder, ids: readonly Id[], view: View): void;
}

export function createScoredQueues(
  proxyCount: number,
  { scoreOf, scoredBy }: QueueRule,
  follower: QueueFollower,
): ScoredQueues {
  const groups = createProxyGroups<ScoredGroup>(proxyCount, (id, proxies) => ({
    id,
    proxies,
    list: new ScoredList<ScoredQueue>(),
  }));
  const byName = new Map<string, ScoredQueue>();
  const byUnit: (ScoredQueue | undefined)[] = [];
  const on: Record<Holder, ScoredQueue[][]> = { devices: [], stores: [] };

  function create({ name, unit, proxies }: NamedUnit): ScoredQueue {
    const queue = new ScoredQueue(name, groups.of(proxies), unit);
    byName.set(name, queue);
    for (const holder of scoredBy) for (const id of queue[holder]) (on[holder][id] ??= []).push(queue);
    return queue;
  }

  function drop(queue: ScoredQueue): void {
    byName.delete(queue.name);
    for (const holder of scoredBy)
      for (const id of queue[holder]) on[holder][id]!.splice(on[holder][id]!.indexOf(queue), 1);
  }

  function push(entry: NamedUnit): ScoredQueue {
    const queue = byName.get(entry.name) ?? create(entry);
    queue.units.push(entry.unit.id);
    queue.places.push(entry.place);
    byUnit[entry.unit.id] = queue;
    return queue;
  }

  function enter(queue: ScoredQueue, view: View): void {
    const { group } = queue;
    const isFirst = group.list.isEmpty;
    queue.place = queue.places[0]!;
    queue.score = scoreOf(queue, view);
    group.list.add(queue);
    if (isFirst) {
      groups.fill(group);
      follower.wanted(group, view);
    }
    follower.changed(group);
    follower.eased(queue, view);
  }

  function score(queue: ScoredQueue, view: View): void {
    const before = queue.score;
    queue.score = scoreOf(queue, view);
    if (queue.score === before) return;
    queue.group.list.rescored(queue);
    follower.changed(queue.group);
    if (queue.score < before) follower.eased(queue, view);
  }

  return {
    groups,
    fill(units, view) {
      groups.clear();
      byName.clear();
      byUnit.length = on.devices.length = on.stores.length = 0;
      for (const unit of units) push(unit);
      for (const queue of byName.values()) enter(queue, view);
    },
    add: (unit, view) => enter(push(unit), view),
    remove(unit, view) {
      const queue = byUnit[unit]!;
      const { group } = queue;
      group.list.remove(queue);
      queue.head++;
      if (queue.head < queue.units.length) {
        queue.place = queue.places[queue.head]!;
        group.list.add(queue);
      } else drop(queue);
      if (group.list.isEmpty) {
        groups.empty(group);
        follower.wanted(group, view);
      }
      follower.changed(group);
    },
    rescore(holder, ids, view) {
      if (!scoredBy.includes(holder)) return;
      for (const id of ids) for (const queue of on[holder][id] ?? []) score(queue, view);
    },
  };
}
