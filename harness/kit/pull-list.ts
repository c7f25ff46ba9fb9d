import type { Id, UnitFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { pickMin } from './pick.ts';
import { canServeLater, hasRoom } from './proxy-room.ts';
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

/**
 * The frame of rules by which proxies ask for work: units that only one proxy may take are its own, and come first; the others
 * wait in one list, and who asks gets the highest that it may take. A proxy asks for each unit of the job that ends there, first
 * come first served; those that merely have room come after that, the one served longest ago first.
 */
export function serveOnRequest(
  { job, cluster }: Pick<Setup<Params>, 'job' | 'cluster'>,
  { respectLimit, alike, proxiesOf, order = () => 0 }: PullRule,
): Decider {
  const queues = createUnitQueues(cluster.proxies.length);
  /** by proxy: units that ended there and were not followed by another */
  const asks = new Uint32Array(cluster.proxies.length);
  /** by proxy: when it came to ask, or was served last, as a number that only grows */
  const turns = new Float64Array(cluster.proxies.length);
  let turn = 0;

  function list(awaiting: readonly Id[], view: View): void {
    queues.clear();
    asks.fill(0);
    const known = new Map<string, readonly Id[]>();
    const entries = awaiting.map((id) => {
      const unit = job.units[id]!;
      const name = alike(unit);
      if (!known.has(name)) known.set(name, proxiesOf(unit, view));
      return { unit, name, proxies: known.get(name)! };
    });
    const isShared = (entry: Entry) => Number(entry.proxies.length > 1);
    const ordered = entries.toSorted(
      (a, b) => isShared(a) - isShared(b) || order(a, b) || a.unit.id - b.unit.id,
    );
    for (const [place, { unit, name, proxies }] of ordered.entries())
      queues.add(name, { unit, place, proxies });
  }

  return {
    decide(view) {
      if (view.awaitingCount === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      const wanted = cluster.proxies.map((p) => p.id).filter((p) => queues.ofProxy(p).length > 0);
      const able = wanted.filter((p) => hasRoom(view, p, respectLimit));
      const proxy = pickMin(
        able,
        (p) => (asks[p]! > 0 ? 0 : 1),
        (p) => turns[p]!,
      );
      if (proxy !== null) return { do: 'start', unit: firstInList(queues.ofProxy(proxy))!.first.id, proxy };
      return { do: wanted.some((p) => canServeLater(job, view, p)) ? 'wait' : 'end-round' };
    },
    notice(n, view) {
      if (n.type === 'round') list(n.awaiting, view);
      else if (n.type === 'opened' && n.job === job.id) {
        queues.remove(n.unit);
        if (asks[n.proxy]! > 0) asks[n.proxy]!--;
        else turns[n.proxy] = ++turn;
      } else if (n.type === 'closed' && n.job === job.id && asks[n.proxy]!++ === 0) turns[n.proxy] = ++turn;
    },
  };
}
