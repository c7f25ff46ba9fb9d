import { createOpenGroups } from '../../harness/kit/open-groups.ts';
import type { Id } from '../../harness/model/facts.ts';
import type { ScoredGroup } from '../../harness/kit/scored-queues.ts';
import type { View } from '../../harness/model/strategy.ts';
import { passedOver, type Flow, type Search } from './search.ts';

/**
 * The first VM on the list that an available proxy is eligible for and whose storage is not too busy, on the least utilised
 * of these proxies; where all such VMs are too busy, the threshold is raised and the list walked again.
 *
 * Source: US 10,148,780 claim 1 and US 11,323,531; how the threshold goes with it is ours.
 */
export function vmFirst(search: Search): Flow {
  const { params, activity, nextProxy, queues } = search;
  const { groups } = queues;

  /** of the proxies with room, the most patient one decides; all are alike where each has no threshold of its own */
  function firstOf(group: ScoredGroup, view: View) {
    const { proxies } = group;
    const patient = params.scope === 'proxy' ? proxies.filter(nextProxy.isAvailable) : [proxies[0]!];
    const bound = patient.reduce((most, p) => Math.max(most, activity.bound(p)), 0);
    return queues.firstBelow(group, bound, view);
  }
  const open = createOpenGroups(groups, {
    hasRoom: nextProxy.isAvailable,
    placeOf: (group, view) => firstOf(group, view)?.place ?? Infinity,
  });

  const openGroups = () => [...groups.filled()].filter(open.isOpen);
  const freeProxies = () => new Set(openGroups().flatMap((g) => g.proxies.filter(nextProxy.isAvailable)));

  return {
    find(view) {
      const over = passedOver(search, openGroups, { proxies: freeProxies, view });
      do {
        const group = open.first(view);
        if (group === null) continue;
        const queue = firstOf(group, view)!;
        const score = queues.scoreOf(queue, view);
        const isQuiet = (p: Id) => nextProxy.isAvailable(p) && score < activity.bound(p);
        return { queue, proxy: nextProxy.pick(group.proxies.filter(isQuiet), view)! };
      } while (open.isAny() && activity.raise(over, view));
      return null;
    },
    proxyChanged: open.roomChanged,
    wanted() {},
    changed: open.touch,
    eased() {},
    renewed: open.renew,
    thresholdMoved: open.touchAll,
  };
}
