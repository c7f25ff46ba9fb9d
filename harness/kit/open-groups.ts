import type { Id } from '../model/facts.ts';
import type { View } from '../model/strategy.ts';
import { createHeap } from './heap.ts';
import type { ProxyGroup, ProxyGroups } from './proxy-groups.ts';

/** Groups that some proxy with room may take from now, by the place of what they would give. */
export interface OpenGroups<G> {
  /** null = none */
  first(view: View): G | null;
  isOpen(group: G): boolean;
  /** some proxy with room may take from a group, whether or not it would get something now */
  isAny(): boolean;
  /** what the group would give may come earlier; that it comes later is found when its turn is */
  touch(group: G): void;
  touchAll(): void;
  roomChanged(proxy: Id): void;
  /** groups were made anew */
  renew(): void;
}

export function createOpenGroups<G extends ProxyGroup>(
  groups: ProxyGroups<G>,
  rule: {
    readonly hasRoom: (proxy: Id) => boolean;
    /** place of what the group gives now; Infinity = nothing */
    readonly placeOf: (group: G, view: View) => number;
  },
): OpenGroups<G> {
  const heap = createHeap();
  const touched = new Set<G>();
  /** proxies with room */
  const had = new Set<Id>();
  const isOpen = (group: G) => group.proxies.some(rule.hasRoom);

  function sort(group: G, place: number): void {
    if (place < Infinity) heap.update(group.id, place);
    else heap.remove(group.id);
  }

  return {
    first(view) {
      for (const group of touched) sort(group, isOpen(group) ? rule.placeOf(group, view) : Infinity);
      touched.clear();
      for (let id = heap.peekId(); id !== null; id = heap.peekId()) {
        const group = groups.byId(id);
        const place = rule.placeOf(group, view);
        if (place === heap.keyOf(id)) return group;
        sort(group, place);
      }
      return null;
    },
    isOpen,
    isAny() {
      for (const proxy of had) if (groups.ofProxy(proxy).length > 0) return true;
      return false;
    },
    touch: (group) => void touched.add(group),
    touchAll() {
      for (const group of groups.filled()) touched.add(group);
    },
    roomChanged(proxy) {
      const has = rule.hasRoom(proxy);
      if (has === had.has(proxy)) return;
      if (has) had.add(proxy);
      else had.delete(proxy);
      for (const group of groups.ofProxy(proxy)) touched.add(group);
    },
    renew() {
      heap.clear();
      touched.clear();
      for (const group of groups.filled()) touched.add(group);
    },
  };
}
