import type { Id } from '../model/facts.ts';
import { IdSet } from './id-set.ts';

/** What the same proxies may take. */
export interface ProxyGroup {
  /** number of the group, from 0 */
  readonly id: number;
  /** ascending */
  readonly proxies: readonly Id[];
}

/** Groups by their proxies; of each proxy those that hold something. A decision looks at the groups of a proxy, not at units. */
export interface ProxyGroups<G extends ProxyGroup> {
  clear(): void;
  /** the group of these proxies; made where there is none, and then empty */
  of(proxies: readonly Id[]): G;
  byId(id: number): G;
  /** it holds something from now on */
  fill(group: G): void;
  /** it is empty from now on */
  empty(group: G): void;
  /** groups that hold something, for the proxy */
  ofProxy(proxy: Id): readonly G[];
  /** all that hold something */
  filled(): ReadonlySet<G>;
  /** proxies of these */
  wanted(): IdSet;
}

export function createProxyGroups<G extends ProxyGroup>(
  proxyCount: number,
  create: (id: number, proxies: readonly Id[]) => G,
): ProxyGroups<G> {
  const groups: G[] = [];
  const byList = new Map<readonly Id[], G>();
  const byContent = new Map<string, G>();
  const filled = new Set<G>();
  const byProxy: G[][] = Array.from({ length: proxyCount }, () => []);
  const wanted = new IdSet(proxyCount);

  function byContentOf(proxies: readonly Id[]): G {
    const key = proxies.join();
    let group = byContent.get(key);
    if (group === undefined) {
      group = create(groups.length, proxies);
      groups.push(group);
      byContent.set(key, group);
    }
    byList.set(proxies, group);
    return group;
  }

  return {
    clear() {
      groups.length = 0;
      for (const list of byProxy) list.length = 0;
      for (const known of [byList, byContent, filled, wanted]) known.clear();
    },
    of: (proxies) => byList.get(proxies) ?? byContentOf(proxies),
    byId: (id) => groups[id]!,
    fill(group) {
      filled.add(group);
      for (const p of group.proxies) {
        byProxy[p]!.push(group);
        wanted.add(p);
      }
    },
    empty(group) {
      filled.delete(group);
      for (const p of group.proxies) {
        const list = byProxy[p]!;
        list.splice(list.indexOf(group), 1);
        if (list.length === 0) wanted.delete(p);
      }
    },
    ofProxy: (proxy) => byProxy[proxy]!,
    filled: () => filled,
    wanted: () => wanted,
  };
}
