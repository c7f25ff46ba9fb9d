import type { Id } from '../model/facts.ts';
import { createProxyGroups, type ProxyGroup, type ProxyGroups } from './proxy-groups.ts';

/** Units that the same proxies may take, in the order of the list. Only the first is ever looked at. */
export class UnitQueue implements ProxyGroup {
  readonly id: number;
  readonly proxies: readonly Id[];
  readonly #units: Id[] = [];
  readonly #places: number[] = [];
  #head = 0;

  constructor(id: number, proxies: readonly Id[]) {
    this.id = id;
    this.proxies = proxies;
  }

  /** for queues that are not empty */
  get first(): Id {
    return this.#units[this.#head]!;
  }
  /** place of the first in the list; Infinity = empty */
  get place(): number {
    return this.#places[this.#head] ?? Infinity;
  }
  get isEmpty(): boolean {
    return this.#head === this.#units.length;
  }
  push(unit: Id, place: number): void {
    this.#units.push(unit);
    this.#places.push(place);
  }
  shift(): void {
    this.#head++;
  }
}

/** An ordered list of units, kept as queues. */
export interface UnitQueues {
  readonly groups: ProxyGroups<UnitQueue>;
  clear(): void;
  /** adds to the end of the list: places ascend */
  add(unit: Id, place: number, proxies: readonly Id[]): void;
  /** takes out a unit that is the first of its queue. @returns the queue, which may be empty now */
  remove(unit: Id): UnitQueue;
}

/** The queue whose first unit comes first in the list; null = none. */
export function firstInList(queues: Iterable<UnitQueue>): UnitQueue | null {
  let first: UnitQueue | null = null;
  for (const queue of queues) if (first === null || queue.place < first.place) first = queue;
  return first;
}

export function createUnitQueues(proxyCount: number): UnitQueues {
  const groups = createProxyGroups(proxyCount, (id, proxies) => new UnitQueue(id, proxies));
  /** by unit */
  const queueOf: (UnitQueue | undefined)[] = [];

  return {
    groups,
    clear() {
      groups.clear();
      queueOf.length = 0;
    },
    add(unit, place, proxies) {
      const queue = groups.of(proxies);
      if (queue.isEmpty) groups.fill(queue);
      queue.push(unit, place);
      queueOf[unit] = queue;
    },
    remove(unit) {
      const queue = queueOf[unit];
      if (queue?.first !== unit) throw new Error(`unit ${unit} is not the first of its queue`);
      queue.shift();
      if (queue.isEmpty) groups.empty(queue);
      return queue;
    },
  };
}
