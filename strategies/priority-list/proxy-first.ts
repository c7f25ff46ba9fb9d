import { firstInList } from '../../harness/kit/unit-queues.ts';
import type { Id, UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { PassedOver } from './activity.ts';
import { availableProxies, type Flow, type Search } from './search.ts';

/**
 * The next available proxy takes the first VM on the list that it is eligible for and whose storage is not too busy; where
 * all of its VMs are too busy, the threshold is raised and the list walked again.
 *
 * Source: S:496-516. At the cap (ours) the proxy is left alone until something happens, and the next one tried (A10).
 */
export const proxyFirst: Flow = (search, view) => {
  const available = availableProxies(search, view);
  if (search.params.othersFirst) return othersFirst(search, view, available);
  for (let rest = available; rest.length > 0;) {
    const proxy = search.nextProxy.pick(rest, view)!;
    do {
      const unit = firstFor(search, view, proxy);
      if (unit !== null) return { unit, proxy };
    } while (search.activity.raise(passedOverBy(search, proxy), view));
    rest = rest.filter((p) => p !== proxy);
  }
  return null;
};

/** A5, ours: all available proxies are tried at the present threshold before it is raised. */
function othersFirst(search: Search, view: View, available: readonly Id[]): ReturnType<Flow> {
  for (;;) {
    const tried: Id[] = [];
    for (let rest = available; rest.length > 0; rest = rest.filter((p) => p !== tried.at(-1))) {
      const proxy = search.nextProxy.pick(rest, view)!;
      const unit = firstFor(search, view, proxy);
      if (unit !== null) return { unit, proxy };
      tried.push(proxy);
    }
    if (!tried.some((proxy) => search.activity.raise(passedOverBy(search, proxy), view))) return null;
  }
}

/** S:500-508: the first VM on the list that the proxy is eligible for and whose storage is not too busy. */
function firstFor({ queues, activity }: Search, view: View, proxy: Id): UnitFacts | null {
  const quiet = queues.ofProxy(proxy).filter((q) => !activity.isTooBusy(q.first, proxy, view));
  return firstInList(quiet)?.first ?? null;
}

const passedOverBy = ({ queues }: Search, proxy: Id): PassedOver[] =>
  queues.ofProxy(proxy).map((q) => ({ unit: q.first, proxy }));
