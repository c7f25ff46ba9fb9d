import type { Id } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { PriorityListParams } from './params.ts';

/** What was passed over, because its storage was too busy; asked only as far as it matters. */
export interface PassedOver {
  proxies(): Iterable<Id>;
  devices(): Iterable<Id>;
  leastScore(): number;
}

/** The thresholds: VMs whose storage devices are idle are favoured (S:506-510). */
export interface Activity {
  /** what counts for a unit on these devices and the proxy now */
  thresholdOf(devices: readonly Id[], proxy: Id): number;
  /** a score as it is held against the bound of a proxy */
  weighed(score: number, devices: readonly Id[]): number;
  /** what is weighed at less than this is not too busy */
  bound(proxy: Id): number;
  /** raises the thresholds that stood in the way. @returns false: all of them are at the cap */
  raise(passedOver: PassedOver, view: View): boolean;
  /** A2 */
  began(what: 'round' | 'start', view: View): void;
}

/** @param moved is told of each owner of a threshold that moved */
export function createActivity(params: PriorityListParams, moved: (owner: Id, view: View) => void): Activity {
  const { scope, threshold, cap } = params;
  const isAt = params.passOver === 'at-threshold'; // A1
  /** what was raised, by the entity that has it (A4) */
  const raised = new Map<Id, number>();
  const of = (owner: Id) => raised.get(owner) ?? threshold;

  const ownersOf: Record<PriorityListParams['scope'], (over: PassedOver) => Iterable<Id>> = {
    job: () => [0],
    proxy: (over) => over.proxies(),
    device: (over) => new Set(over.devices()),
  };
  const thresholdOf: Record<PriorityListParams['scope'], Activity['thresholdOf']> = {
    job: () => of(0),
    proxy: (_devices, proxy) => of(proxy),
    device: (devices) => devices.reduce((least, d) => Math.min(least, of(d)), Infinity),
  };

  /** the least whole score that is too busy; an idle device never is, whatever the threshold */
  const leastTooBusy = (at: number) => Math.max(1, isAt ? Math.ceil(at) : Math.floor(at) + 1);

  return {
    thresholdOf: thresholdOf[scope],
    weighed(score, devices) {
      if (!params.activity) return -Infinity;
      return scope === 'device' ? score - leastTooBusy(thresholdOf.device(devices, 0)) : score;
    },
    bound: (proxy) => (scope === 'device' ? 0 : leastTooBusy(thresholdOf[scope]([], proxy))),
    raise(over, view) {
      const score = params.raise === 'one' ? null : over.leastScore();
      const needed = score !== null && isAt ? score + 1 : score; // passes then
      let isRaised = false;
      for (const owner of ownersOf[scope](over)) {
        const before = of(owner);
        const wanted = needed === null ? before + 1 : Math.max(before, needed); // A3
        const after = cap === null ? wanted : Math.max(before, Math.min(wanted, cap));
        if (after === before) continue;
        raised.set(owner, after);
        moved(owner, view);
        isRaised = true;
      }
      return isRaised;
    },
    began(what, view) {
      if (params.reset !== what) return;
      const owners = [...raised.keys()];
      raised.clear();
      for (const owner of owners) moved(owner, view);
    },
  };
}
