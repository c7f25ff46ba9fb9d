import type { Id, UnitFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { createHeap } from './heap.ts';
import { isDelayed } from './proxy-room.ts';
import { createRoomWatch } from './room-watch.ts';
import { createUnitQueues, firstInList } from './unit-queues.ts';

/** A unit of the list, and who may take it. */
export interface Entry {
  readonly unit: UnitFacts;
  readonly proxies: readonly Id[];
}

export interface PullRule {
  readonly respectLimit: boolean;
  /** units of equal name have the same proxies */
  readonly alike: (unit: UnitFacts) => string;
  /** asked once for all units that are alike, each round */
  readonly proxiesOf: (unit: UnitFacts, view: View) => readonly Id[];
  /** left out, or 0: input order */
  readonly order?: (a: Entry, b: Entry) => number;
}

/** more than there are turns in a night */
const afterAllWhoAsk = 2 ** 50;

/**
 * The frame of rules by which proxies ask for work: units that only one proxy may take are its own, and come first; the others
 * wait in one list, and who asks gets the highest that it may take. A proxy asks for each unit of the job that ends there, first
 * come first served; those that merely have room come after that, the one served longest ago first.
 */
export function serveOnRequest(
  { job, cluster }: Pick<Setup<Params>, 'job' | 'cluster'>,
  { respectLimit, alike, proxiesOf, order = () => 0 }: PullRule,
): Decider {
  const proxyCount = cluster.proxies.length;
  const queues = createUnitQueues(proxyCount);
  const { groups } = queues;
  /** by proxy: units that ended there and were not followed by another */
  const asks = new Uint32Array(proxyCount);
  /** by proxy: when it came to ask, or was served last, as a number that only grows */
  const turns = new Float64Array(proxyCount);
  let turn = 0;
  /** proxies that may be served now, whose turn it is first */
  const ready = createHeap();
  const room = createRoomWatch(job, { proxyCount, respectLimit }, touch);

  function touch(proxy: Id): void {
    const isReady = room.has(proxy) && groups.ofProxy(proxy).length > 0;
    if (isReady) ready.update(proxy, turns[proxy]! + (asks[proxy]! > 0 ? 0 : afterAllWhoAsk));
    else ready.remove(proxy);
  }

  function list(awaiting: readonly Id[], view: View): void {
    queues.clear();
    asks.fill(0);
    const known = new Map<string, readonly Id[]>();
    const entries = awaiting.map((id) => {
      const unit = job.units[id]!;
      const name = alike(unit);
      if (!known.has(name)) known.set(name, proxiesOf(unit, view));
      return { unit, proxies: known.get(name)! };
    });
    const isShared = (entry: Entry) => Number(entry.proxies.length > 1);
    const ordered = entries.toSorted(
      (a, b) => isShared(a) - isShared(b) || order(a, b) || a.unit.id - b.unit.id,
    );
    for (const [place, { unit, proxies }] of ordered.entries()) queues.add(unit.id, place, proxies);
    for (let proxy = 0; proxy < proxyCount; proxy++) touch(proxy);
  }

  return {
    decide(view) {
      if (view.awaitingCount === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      const proxy = ready.peekId();
      if (proxy !== null) return { do: 'start', unit: firstInList(groups.ofProxy(proxy))!.first, proxy };
      return { do: isDelayed(job, view, groups.wanted()) ? 'wait' : 'end-round' };
    },
    notice(n, view) {
      room.notice(n, view);
      if (n.type === 'round') list(n.awaiting, view);
      else if (n.type === 'opened' && n.job === job.id) {
        const queue = queues.remove(n.unit);
        if (queue.isEmpty) queue.proxies.forEach(touch);
        if (asks[n.proxy]! > 0) asks[n.proxy]!--;
        else turns[n.proxy] = ++turn;
        touch(n.proxy);
      } else if (n.type === 'closed' && n.job === job.id) {
        if (asks[n.proxy]!++ === 0) turns[n.proxy] = ++turn;
        touch(n.proxy);
      }
    },
  };
}
