import type { Holder } from '../../harness/kit/scored-queues.ts';
import type { Id } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { PriorityListParams } from './params.ts';

type Held = Readonly<Record<Holder, readonly Id[]>>;

/** The activity score: active backup streams at what holds a unit's data (S:506). */
export interface Score {
  /** what is counted */
  readonly holder: Holder;
  of(held: Held, view: View): number;
}

export function createScore({ count, manyStores }: PriorityListParams): Score {
  const holder = count === 'all-jobs-store' ? 'stores' : 'devices';
  const activeOf = {
    'all-jobs-device': (view: View) => view.devices.active,
    'all-jobs-store': (view: View) => view.stores.active,
    'this-job-device': (view: View) => view.devices.activeThisJob,
  }[count]; // A6

  return {
    holder,
    of(held, view) {
      const active = activeOf(view);
      let score = 0;
      const ids = held[holder];
      for (let i = 0; i < ids.length; i++) {
        const streams = active[ids[i]!]!;
        score = manyStores === 'max' ? Math.max(score, streams) : score + streams; // A7
      }
      return score;
    },
  };
}
