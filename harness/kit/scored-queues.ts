import type { Id, UnitFacts } from '../model/facts.ts';
import type { View } from '../model/strategy.ts';
import { createProxyGroups, type ProxyGroup, type ProxyGroups } from './proxy-groups.ts';
import { ScoredItem, ScoredList } from './scored-list.ts';

const nobody: readonly ScoredQueue[] = [];
/** Nothing is known of a score: it may be as low as any. */
const unknown = -Infinity;

/**
 * Units that stand alike: the same proxies may take them, and their storage is the same. It stands where its first unit does.
 * `score` is what its score is at least.
 */
export class ScoredQueue extends ScoredItem {
  readonly group: ScoredGroup;
  readonly devices: readonly Id[];
  readonly stores: readonly Id[];
  readonly units: Id[] = [];
  readonly places: number[] = [];
  head = 0;
  override score = unknown;

  constructor(group: ScoredGroup, { devices, stores }: UnitFacts) {
    super();
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
  readonly byName: Map<unknown, ScoredQueue>;
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
  /** the group may give something else, or something earlier in the list; what it gave may have become too busy untold */
  changed(group: ScoredGroup): void;
  /** a score that was too high once is lower, or the queue is new */
  eased(queue: ScoredQueue, view: View): void;
}

export interface NamedUnit {
  /** units of equal name and proxies stand alike */
  readonly name: unknown;
  readonly unit: UnitFacts;
  readonly place: number;
  readonly proxies: readonly Id[];
}

/**
 * An ordered list of units in which the first with a low score is found by looking at the groups of a proxy.
 *
 * Scores are asked for as late as can be: one that was never too high is not kept, one that rises is still at least what it was,
 * and only what was found too high is watched until it falls. So a stream that opens costs nothing here.
 */
export interface ScoredQueues {
  readonly groups: ProxyGroups<ScoredGroup>;
  /** now */
  readonly scoreOf: QueueRule['scoreOf'];
  /** the first queue of the group with a score below the bound; null = none */
  firstBelow(group: ScoredGroup, bound: number, view: View): ScoredQueue | null;
  /** anew; the units of a queue come in the order of the list */
  fill(units: Iterable<NamedUnit>, view: View): void;
  /** one more, of a name of its own */
  add(unit: NamedUnit, view: View): void;
  /** takes out the first unit of a queue */
  remove(unit: Id, view: View): void;
  /** what the scores of the queues on these devices or stores hang on may have fallen; of a rise nobody needs to tell */
  eased(holder: Holder, ids: readonly Id[], view: View): void;
}

export function createScoredQueues(
  { proxyCount, unitCount }: { readonly proxyCount: number; readonly unitCount: number },
  { scoreOf, scoredBy }: QueueRule,
  follower: QueueFollower,
): ScoredQueues {
  const groups = createProxyGroups<ScoredGroup>(proxyCount, (id, proxies) => ({
    id,
    proxies,
    list: new ScoredList<ScoredQueue>(),
    byName: new Map(),
  }));
  /** as long as can be from the start: units come in any order, and an array with holes is a slow one */
  const byUnit = Array<ScoredQueue | null>(unitCount).fill(null);
  /** by device or store: queues of a known score */
  const watched: Record<Holder, (ScoredQueue[] | undefined)[]> = { devices: [], stores: [] };

  function push({ name, unit, place, proxies }: NamedUnit): ScoredQueue {
    const group = groups.of(proxies);
    let queue = group.byName.get(name);
    if (queue === undefined) group.byName.set(name, (queue = new ScoredQueue(group, unit)));
    queue.units.push(unit.id);
    queue.places.push(place);
    byUnit[unit.id] = queue;
    return queue;
  }

  function enter(queue: ScoredQueue, view: View): void {
    const { group } = queue;
    const isFirst = group.list.isEmpty;
    queue.place = queue.places[0]!;
    group.list.add(queue);
    if (isFirst) {
      groups.fill(group);
      follower.wanted(group, view);
    }
    follower.changed(group);
    follower.eased(queue, view);
  }

  function learn(queue: ScoredQueue, score: number): void {
    const isNew = queue.score === unknown;
    queue.score = score;
    queue.group.list.rescored(queue);
    if (isNew)
      for (const holder of scoredBy) for (const id of queue[holder]) (watched[holder][id] ??= []).push(queue);
  }

  function forget(queue: ScoredQueue): void {
    if (queue.score === unknown) return;
    queue.score = unknown;
    for (const holder of scoredBy) for (const id of queue[holder]) takeOut(watched[holder][id]!, queue);
  }

  return {
    groups,
    scoreOf,
    firstBelow(group, bound, view) {
      for (;;) {
        const queue = group.list.firstBelow(bound);
        if (queue === null) return null;
        const score = scoreOf(queue, view);
        if (score < bound) return queue;
        learn(queue, score);
      }
    },
    fill(units, view) {
      groups.clear();
      byUnit.fill(null);
      watched.devices.length = watched.stores.length = 0;
      const queues = new Set<ScoredQueue>();
      for (const unit of units) queues.add(push(unit));
      for (const queue of queues) enter(queue, view);
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
      } else forget(queue);
      if (group.list.isEmpty) {
        groups.empty(group);
        follower.wanted(group, view);
      }
      follower.changed(group);
    },
    eased(holder, ids, view) {
      if (!scoredBy.includes(holder)) return;
      // by number: an iterator over a frozen list makes an object for each of its items
      for (let i = 0; i < ids.length; i++) {
        const fallen: ScoredQueue[] = [];
        for (const queue of watched[holder][ids[i]!] ?? nobody)
          if (scoreOf(queue, view) < queue.score) fallen.push(queue);
        for (const queue of fallen) {
          forget(queue);
          queue.group.list.rescored(queue);
          follower.changed(queue.group);
        }
        for (const queue of fallen) follower.eased(queue, view);
      }
    },
  };
}

/** The order of the others does not matter. */
function takeOut<T>(list: T[], one: T): void {
  const last = list.pop()!;
  if (last !== one) list[list.indexOf(one)] = last;
}
