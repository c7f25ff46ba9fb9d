import type { Id } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { ScoredQueue } from '../../harness/kit/scored-queues.ts';
import { createReadyProxies } from './ready-proxies.ts';
import { passedOver, type Flow, type Search } from './search.ts';

/**
 * The next available proxy takes the first VM on the list that it is eligible for and whose storage is not too busy; where
 * all of its VMs are too busy, the threshold is raised and the list walked again.
 *
 * Source: S:496-516. At the cap (ours) the proxy is left alone until something happens, and the next one tried (A10).
 */
export function proxyFirst(search: Search): Flow {
  const { params, activity, queues } = search;
  const { groups } = queues;
  const ready = createReadyProxies(search);

  /** S:500-508: the first VM on the list that the proxy is eligible for and whose storage is not too busy */
  function firstFor(proxy: Id, view: View): ScoredQueue | null {
    const bound = activity.bound(proxy);
    let first: ScoredQueue | null = null;
    for (const group of groups.ofProxy(proxy)) {
      const queue = queues.firstBelow(group, bound, view);
      if (queue !== null && (first === null || queue.place < first.place)) first = queue;
    }
    return first;
  }

  const raiseFor = (proxy: Id, view: View) =>
    activity.raise(
      passedOver(search, () => groups.ofProxy(proxy), { proxies: () => [proxy], view }),
      view,
    );

  const find: Flow['find'] = (view) =>
    ready.firstAnswer((proxy) => {
      do {
        const queue = firstFor(proxy, view);
        if (queue !== null) return { queue, proxy };
      } while (raiseFor(proxy, view));
      ready.setAside(proxy);
      return null;
    }, view);

  /** A5, ours: all available proxies are tried at the present threshold before it is raised */
  function findAtPresent(view: View): ReturnType<Flow['find']> {
    for (;;) {
      const tried: Id[] = [];
      const found = ready.firstAnswer((proxy) => {
        const queue = firstFor(proxy, view);
        if (queue !== null) return { queue, proxy };
        tried.push(proxy);
        return null;
      }, view);
      if (found !== null) return found;
      if (tried.some((proxy) => raiseFor(proxy, view))) continue;
      tried.forEach(ready.setAside);
      return null;
    }
  }

  return {
    find: params.othersFirst ? findAtPresent : find,
    proxyChanged: ready.look,
    wanted(group, view) {
      for (const proxy of group.proxies) ready.look(proxy, view);
    },
    changed() {},
    eased({ group }, view) {
      for (const proxy of group.proxies)
        if (ready.isAside(proxy) && queues.firstBelow(group, activity.bound(proxy), view) !== null)
          ready.ease(proxy, view);
    },
    renewed: ready.easeAll,
    thresholdMoved() {},
  };
}
