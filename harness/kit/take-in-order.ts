import type { Id, UnitFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { canServeLater, createUsableProxies, hasRoom } from './proxy-room.ts';
import { createUnitQueues, firstInList } from './unit-queues.ts';

export interface OrderRule {
  readonly respectLimit: boolean;
  /** left out, or 0: input order */
  readonly order?: (a: UnitFacts, b: UnitFacts) => number;
  /** is given proxies that reach the unit and have room, ascending, at least one */
  readonly pick: (proxies: readonly Id[], view: View, unit: UnitFacts) => Id;
}

/**
 * The frame of rules that take VMs in an order, in any usable mode: each VM goes to the proxy that `pick` chooses of those
 * with room; a VM that none has room for is skipped; the round ends when nothing that awaits could start even later.
 */
export function takeInOrder(
  { job, cluster }: Pick<Setup<Params>, 'job' | 'cluster'>,
  { respectLimit, order = () => 0, pick }: OrderRule,
): Decider {
  const usable = createUsableProxies(job);
  // units of one reach stand alike: the first of each speaks for all
  const queues = createUnitQueues(cluster.proxies.length);
  return {
    decide(view) {
      if (view.awaitingCount === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      const able = queues.all().filter((q) => q.proxies.some((p) => hasRoom(view, p, respectLimit)));
      const next = firstInList(able);
      if (next !== null) {
        const proxies = next.proxies.filter((p) => hasRoom(view, p, respectLimit));
        return { do: 'start', unit: next.first.id, proxy: pick(proxies, view, next.first) };
      }
      const isDelayed = queues.all().some((q) => q.proxies.some((p) => canServeLater(job, view, p)));
      return { do: isDelayed ? 'wait' : 'end-round' };
    },
    notice(n) {
      if (n.type === 'round') {
        queues.clear();
        const units = n.awaiting.map((id) => job.units[id]!);
        const ordered = units.toSorted((a, b) => order(a, b) || a.id - b.id);
        for (const [place, unit] of ordered.entries())
          queues.add(`${unit.reach}`, { unit, place, proxies: usable(unit.reach) });
      } else if (n.type === 'opened' && n.job === job.id) queues.remove(n.unit);
    },
  };
}
