import { createHeap } from '../kit/heap.ts';
import { sameInstantS } from '../model/executor.ts';

/** What is to happen at a known time. Of one time: in the order in which it was set. */
export interface Timers {
  /** @param passive it keeps no night alive, as the next hour's production load */
  set(atS: number, act: () => void, passive?: 'passive'): number;
  cancel(timer: number): void;
  /** Infinity = none */
  nextS(): number;
  /** acts all that is due by then (night.md N27) */
  run(nowS: number): void;
  /** timers that are not passive */
  activeCount(): number;
}

export function createTimers(): Timers {
  const heap = createHeap();
  const acts = new Map<number, () => void>();
  const passives = new Set<number>();
  let next = 0;

  return {
    set(atS, act, passive) {
      const timer = next++;
      acts.set(timer, act);
      heap.update(timer, atS);
      if (passive !== undefined) passives.add(timer);
      return timer;
    },
    cancel(timer) {
      if (!heap.remove(timer)) return;
      acts.delete(timer);
      passives.delete(timer);
    },
    nextS: () => heap.peekKey() ?? Infinity,
    run(nowS) {
      while ((heap.peekKey() ?? Infinity) <= nowS + sameInstantS) {
        const timer = heap.pop()!;
        const act = acts.get(timer)!;
        acts.delete(timer);
        passives.delete(timer);
        act();
      }
    },
    activeCount: () => heap.size - passives.size,
  };
}
