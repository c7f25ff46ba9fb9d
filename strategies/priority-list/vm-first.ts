import { firstInList, type UnitQueue } from '../../harness/kit/unit-queues.ts';
import type { Id } from '../../harness/model/facts.ts';
import { availableProxies, type Flow } from './search.ts';

/**
 * The first VM on the list that an available proxy is eligible for and whose storage is not too busy, on the least utilised
 * of these proxies; where all such VMs are too busy, the threshold is raised and the list walked again.
 *
 * Source: US 10,148,780 claim 1 and US 11,323,531; how the threshold goes with it is ours.
 */
export const vmFirst: Flow = (search, view) => {
  const proxiesOf = new Map<UnitQueue, Id[]>();
  for (const proxy of availableProxies(search, view))
    for (const queue of search.queues.ofProxy(proxy)) {
      const proxies = proxiesOf.get(queue);
      if (proxies === undefined) proxiesOf.set(queue, [proxy]);
      else proxies.push(proxy);
    }
  const { activity, nextProxy } = search;
  const quietFor = (queue: UnitQueue) =>
    proxiesOf.get(queue)!.filter((p) => !activity.isTooBusy(queue.first, p, view));
  const passedOver = [...proxiesOf].flatMap(([q, ps]) => ps.map((proxy) => ({ unit: q.first, proxy })));

  do {
    const queue = firstInList([...proxiesOf.keys()].filter((q) => quietFor(q).length > 0));
    if (queue !== null) return { unit: queue.first, proxy: nextProxy.pick(quietFor(queue), view)! };
  } while (passedOver.length > 0 && activity.raise(passedOver, view));
  return null;
};
