import type {
  QueueFollower,
  ScoredGroup,
  ScoredQueue,
  ScoredQueues,
} from '../../harness/kit/scored-queues.ts';
import { createScoredQueues } from '../../harness/kit/scored-queues.ts';
import type { Id, Roles } from '../../harness/model/facts.ts';
import type { Setup, View } from '../../harness/model/strategy.ts';
import { createActivity, type Activity, type PassedOver } from './activity.ts';
import { createNextProxy, type NextProxy } from './next-proxy.ts';
import type { PriorityListParams } from './params.ts';
import { createScore, type Score } from './score.ts';

/** What a flow decides by. */
export interface Search {
  readonly params: PriorityListParams;
  readonly proxyCount: number;
  readonly roles: Roles;
  readonly queues: ScoredQueues;
  readonly score: Score;
  readonly activity: Activity;
  readonly nextProxy: NextProxy;
}

/** Looks for the next start, and keeps ready what it needs for it. */
export interface Flow extends QueueFollower {
  /** @returns null = none that the rules allow now */
  find(view: View): { queue: ScoredQueue; proxy: Id } | null;
  /** availability or utilisation of the proxy may have changed */
  proxyChanged(proxy: Id, view: View): void;
  /** the list is a new one */
  renewed(view: View): void;
  thresholdMoved(): void;
}

/** @param flow whom all changes are told */
export function createSearch(
  { params, rng, cluster, job, roles }: Setup<PriorityListParams>,
  flow: () => Flow,
): Search {
  const proxyCount = cluster.proxies.length;
  const score = createScore(params);
  const byThreshold = params.scope === 'device' ? (['devices'] as const) : [];
  const activity = createActivity(params, (owner, view) => {
    if (params.scope === 'device') queues.eased('devices', [owner], view);
    else flow().thresholdMoved();
  });
  const queues = createScoredQueues(
    { proxyCount, unitCount: job.units.length },
    {
      scoreOf: (queue, view) => activity.weighed(score.of(queue, view), queue.devices),
      scoredBy: params.activity ? [...new Set([score.holder, ...byThreshold])] : [],
    },
    {
      wanted: (group, view) => flow().wanted(group, view),
      changed: (group) => flow().changed(group),
      eased: (queue, view) => flow().eased(queue, view),
    },
  );
  const nextProxy = createNextProxy(params, { job, roles, rng, proxyCount }, (proxy, view) =>
    flow().proxyChanged(proxy, view),
  );
  return { params, proxyCount, roles, queues, score, activity, nextProxy };
}

/** All queues of these groups, for these proxies; looked at only where it matters which they are. */
export function passedOver(
  { score }: Search,
  groups: () => Iterable<ScoredGroup>,
  { proxies, view }: { proxies: () => Iterable<Id>; view: View },
): PassedOver {
  const queues = () => [...groups()].flatMap((g) => g.list.items());
  return {
    proxies,
    devices: () => queues().flatMap((q) => q.devices),
    leastScore: () => queues().reduce((least, q) => Math.min(least, score.of(q, view)), Infinity),
  };
}
