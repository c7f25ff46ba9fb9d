import type { Id, UnitFacts } from '../model/facts.ts';

/** Units that stand alike: the same proxies may take them. Only the first is ever looked at. */
export interface UnitQueue {
  readonly proxies: readonly Id[];
  readonly first: UnitFacts;
  /** place of the first in the list */
  readonly place: number;
}

/**
 * An ordered list of units, kept as queues of units that stand alike, so that a decision looks at the first of each queue
 * and not at every unit.
 */
export interface UnitQueues {
  clear(): void;
  /**
   * Adds to the end of a queue: the units of a queue come in the order of the list.
   *
   * @param name units of equal name share a queue
   */
  add(name: string, entry: { unit: UnitFacts; place: number; proxies: readonly Id[] }): void;
  /** takes out a unit that is the first of its queue */
  remove(unit: Id): void;
  /** queues that are not empty and may be served by the proxy */
  ofProxy(proxy: Id): readonly UnitQueue[];
  /** queues that are not empty, each once */
  all(): readonly UnitQueue[];
}

/** The queue whose first unit comes first in the list. */
export function firstInList(queues: Iterable<UnitQueue>): UnitQueue | null {
  let first: UnitQueue | null = null;
  for (const queue of queues) if (first === null || queue.place < first.place) first = queue;
  return first;
}

class Queue implements UnitQueue {
  readonly proxies: readonly Id[];
  readonly #entries: { unit: UnitFacts; place: number }[] = [];
  #head = 0;

  constructor(proxies: readonly Id[]) {
    this.proxies = proxies;
  }

  get first(): UnitFacts {
    return this.#entries[this.#head]!.unit;
  }
  get place(): number {
    return this.#entries[this.#head]!.place;
  }
  get isEmpty(): boolean {
    return this.#head === this.#entries.length;
  }
  push(unit: UnitFacts, place: number): void {
    this.#entries.push({ unit, place });
  }
  shift(): void {
    this.#head++;
  }
}

export function createUnitQueues(proxyCount: number): UnitQueues {
  const byName = new Map<string, Queue>();
  const byUnit = new Map<Id, Queue>();
  const byProxy: Queue[][] = Array.from({ length: proxyCount }, () => []);
  const all: Queue[] = [];
  const listsOf = (queue: Queue) => [all, ...queue.proxies.map((p) => byProxy[p]!)];

  return {
    clear() {
      byName.clear();
      byUnit.clear();
      for (const queues of [all, ...byProxy]) queues.length = 0;
    },
    add(name, { unit, place, proxies }) {
      let queue = byName.get(name);
      if (queue === undefined) byName.set(name, (queue = new Queue(proxies)));
      if (queue.isEmpty) for (const queues of listsOf(queue)) queues.push(queue);
      queue.push(unit, place);
      byUnit.set(unit.id, queue);
    },
    remove(unit) {
      const queue = byUnit.get(unit);
      if (queue?.first.id !== unit) throw new Error(`unit ${unit} is not the first of its queue`);
      byUnit.delete(unit);
      queue.shift();
      if (!queue.isEmpty) return;
      for (const queues of listsOf(queue)) queues.splice(queues.indexOf(queue), 1);
    },
    ofProxy: (proxy) => byProxy[proxy]!,
    all: () => all,
  };
}
