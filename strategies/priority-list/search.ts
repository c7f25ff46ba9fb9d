import type { UnitQueues } from '../../harness/kit/unit-queues.ts';
import type { Id, UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { Activity } from './activity.ts';
import type { NextProxy } from './next-proxy.ts';
import type { PriorityListParams } from './params.ts';

/** What a flow decides by. */
export interface Search {
  readonly params: PriorityListParams;
  readonly queues: UnitQueues;
  readonly activity: Activity;
  readonly nextProxy: NextProxy;
}

/** Looks for the next start; null = none that the rules allow now. */
export type Flow = (search: Search, view: View) => { unit: UnitFacts; proxy: Id } | null;

/** Proxies that are available and eligible for something that awaits, ascending (S:518). */
export function availableProxies({ queues, nextProxy }: Search, view: View): Id[] {
  const proxies: Id[] = [];
  for (let p = 0; p < view.proxies.limit.length; p++)
    if (queues.ofProxy(p).length > 0 && nextProxy.isAvailable(p, view)) proxies.push(p);
  return proxies;
}
