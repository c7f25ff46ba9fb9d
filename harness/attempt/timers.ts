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
  const acts = new Map<number, { act: () => void; passive: boolean }>();
  let next = 0;
  let active = 0;

  return {
    set(atS, act, passive) {
      const timer = next++;
      acts.set(timer, { act, passive: passive !== undefined });
      heap.update(timer, atS);
      if (passive === undefined) active++;
      return timer;
    },
    cancel(timer) {
      if (!heap.remove(timer)) return;
      if (!acts.get(timer)!.passive) active--;
      acts.delete(timer);
    },
    nextS: () => heap.peekKey() ?? Infinity,
    run(nowS) {
      while ((heap.peekKey() ?? Infinity) <= nowS + sameInstantS) {
        const timer = heap.pop()!;
        const { act, passive } = acts.get(timer)!;
        if (!passive) active--;
        acts.delete(timer);
        act();
      }
    },
    activeCount: () => active,
  };
}
