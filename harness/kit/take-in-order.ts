import type { Id, UnitFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { createOpenGroups } from './open-groups.ts';
import { createUsableProxies, isDelayed } from './proxy-room.ts';
import { createRoomWatch } from './room-watch.ts';
import { createUnitQueues } from './unit-queues.ts';

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
  { respectLimit, order, pick }: OrderRule,
): Decider {
  const usable = createUsableProxies(job);
  const proxyCount = cluster.proxies.length;
  const queues = createUnitQueues(proxyCount);
  const { groups } = queues;
  const room = createRoomWatch(job, { proxyCount, respectLimit }, (proxy) => open.roomChanged(proxy));
  const open = createOpenGroups(groups, { hasRoom: room.has, placeOf: (queue) => queue.place });

  function inOrder(awaiting: readonly Id[]): readonly Id[] {
    if (order === undefined) return awaiting;
    return awaiting.toSorted((a, b) => order(job.units[a]!, job.units[b]!) || a - b);
  }

  return {
    decide(view) {
      if (view.awaitingCount === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      const next = open.first(view);
      if (next !== null) {
        const proxies = next.proxies.filter(room.has);
        return { do: 'start', unit: next.first, proxy: pick(proxies, view, job.units[next.first]!) };
      }
      return { do: isDelayed(job, view, groups.wanted()) ? 'wait' : 'end-round' };
    },
    notice(n, view) {
      room.notice(n, view);
      if (n.type === 'round') {
        queues.clear();
        for (const [place, unit] of inOrder(n.awaiting).entries())
          queues.add(unit, place, usable(job.units[unit]!.reach));
        open.renew();
      } else if (n.type === 'opened' && n.job === job.id) open.touch(queues.remove(n.unit));
    },
  };
}
