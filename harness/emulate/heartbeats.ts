import type { Timers } from '../attempt/timers.ts';
import { sameInstantS } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';

/** Who was heard of when; and who has been silent for so long that it counts as lost. */
export interface Heartbeats {
  heard(proxies: readonly Id[], atS: number): void;
  /** The proxy went down this instant: calls back once it has been silent for the detection delay. */
  watch(proxy: Id, notice: () => void): void;
}

export function createHeartbeats(setup: {
  readonly night: Pick<Night, 'proxies' | 'detectS'>;
  readonly timers: Timers;
  readonly now: () => number;
}): Heartbeats {
  const { night, timers, now } = setup;
  const { detectS } = night;
  const lastS = night.proxies.map(() => 0);
  return {
    heard(proxies, atS) {
      for (const proxy of proxies) lastS[proxy] = Math.max(lastS[proxy]!, atS);
    },
    watch(proxy, notice) {
      const downS = now();
      const look = () => {
        // it came back before anybody missed it: what it lost is missed all the same
        const isBack = lastS[proxy]! > downS + detectS / 2;
        const dueS = (isBack ? downS : lastS[proxy]!) + detectS;
        if (dueS <= now() + sameInstantS) notice();
        else timers.set(dueS, look);
      };
      look();
    },
  };
}
