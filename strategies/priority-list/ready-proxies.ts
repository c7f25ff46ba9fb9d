import { createHeap } from '../../harness/kit/heap.ts';
import type { Id } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { Search } from './search.ts';

/** Proxies that are available and eligible for something that awaits (S:518), by utilisation. */
export interface ReadyProxies {
  /** asks the next available proxy, then another (S:526, A10), until one has an answer. @returns null = none has */
  firstAnswer<T>(ask: (proxy: Id) => T | null, view: View): T | null;
  /** its availability, its utilisation or what awaits it may have changed */
  look(proxy: Id, view: View): void;
  /** nothing on the list is quiet enough for the proxy, and none of its thresholds can rise: not asked again until eased */
  setAside(proxy: Id): void;
  isAside(proxy: Id): boolean;
  ease(proxy: Id, view: View): void;
  easeAll(view: View): void;
}

export function createReadyProxies(search: Search): ReadyProxies {
  const { params, nextProxy, roles, proxyCount } = search;
  const { groups } = search.queues;
  const heap = createHeap();
  const aside = new Set<Id>();
  // where thresholds fall back after each start, each proxy raises them anew; and every draw of chance counts
  const mayStandAside = params.reset !== 'start' && params.tie !== 'random';

  // the heap's ties go to the lowest id: who comes last among equals (A11) has the highest
  const last = params.tie === 'controller-first' ? roles.coordinator : null;
  const idOf = (proxy: Id) => (proxy === last ? proxyCount : proxy);
  const proxyOf = (id: number) => (id === proxyCount ? last! : id);

  function look(proxy: Id, view: View): void {
    const isReady = !aside.has(proxy) && nextProxy.isAvailable(proxy) && groups.ofProxy(proxy).length > 0;
    if (isReady) heap.update(idOf(proxy), nextProxy.utilisationOf(proxy, view));
    else heap.remove(idOf(proxy));
  }

  /** whose turn it is; the heap is not empty */
  function next(): Id {
    const least = heap.peekKey()!;
    if (params.tie !== 'random') return proxyOf(heap.peekId()!);
    const equal: Id[] = [];
    while (heap.peekKey() === least) equal.push(heap.pop()!);
    for (const proxy of equal) heap.update(proxy, least);
    return equal[nextProxy.breakTie(equal)]!;
  }

  return {
    look,
    firstAnswer(ask, view) {
      if (heap.size === 0) return null;
      const asked: Id[] = [];
      let answer: ReturnType<typeof ask> = null;
      while (heap.size > 0) {
        const proxy = next();
        answer = ask(proxy);
        if (answer !== null) break;
        heap.remove(idOf(proxy));
        asked.push(proxy);
      }
      for (const proxy of asked) look(proxy, view);
      return answer;
    },
    setAside(proxy) {
      if (mayStandAside) aside.add(proxy);
    },
    isAside: (proxy) => aside.has(proxy),
    ease(proxy, view) {
      if (aside.delete(proxy)) look(proxy, view);
    },
    easeAll(view) {
      const eased = [...aside];
      aside.clear();
      for (const proxy of eased) look(proxy, view);
    },
  };
}
