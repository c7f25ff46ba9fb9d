import type { Id, UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { PriorityListParams } from './params.ts';
import { createScore } from './score.ts';

/** A unit that a proxy passed over because its storage was too busy. */
export interface PassedOver {
  readonly unit: UnitFacts;
  readonly proxy: Id;
}

/** Favours VMs whose storage devices are idle (S:506-510). */
export interface Activity {
  /** what counts for the unit on the proxy now */
  thresholdOf(unit: UnitFacts, proxy: Id): number;
  isTooBusy(unit: UnitFacts, proxy: Id, view: View): boolean;
  /** raises the thresholds that stood in the way. @returns false: all of them are at the cap */
  raise(passedOver: readonly PassedOver[], view: View): boolean;
  roundBegan(): void;
  unitStarted(): void;
}

export function createActivity(params: PriorityListParams): Activity {
  const { scope, threshold, cap } = params;
  /** what was raised, by the entity that has it (A4) */
  const raised = new Map<Id, number>();
  const of = (owner: Id) => raised.get(owner) ?? threshold;

  const owners: Record<PriorityListParams['scope'], (unit: UnitFacts, proxy: Id) => readonly Id[]> = {
    job: () => [0],
    proxy: (_unit, proxy) => [proxy],
    device: (unit) => unit.devices,
  };

  const scoreOf = createScore(params);

  // A1
  const isOver = (score: number, at: number) =>
    params.passOver === 'at-threshold' ? score >= at : score > at;
  const leastThatPasses = (score: number) => (params.passOver === 'at-threshold' ? score + 1 : score);

  const thresholdOf = (unit: UnitFacts, proxy: Id) => Math.min(...owners[scope](unit, proxy).map(of));

  return {
    thresholdOf,
    isTooBusy(unit, proxy, view) {
      if (!params.activity) return false;
      const score = scoreOf(unit, view);
      // an idle device is never too busy, whatever the threshold
      return score > 0 && isOver(score, thresholdOf(unit, proxy));
    },
    raise(passedOver, view) {
      const needed = Math.min(...passedOver.map((o) => leastThatPasses(scoreOf(o.unit, view))));
      let isRaised = false;
      for (const owner of new Set(passedOver.flatMap((o) => owners[scope](o.unit, o.proxy)))) {
        const before = of(owner);
        const wanted = params.raise === 'one' ? before + 1 : Math.max(before, needed); // A3
        const after = cap === null ? wanted : Math.max(before, Math.min(wanted, cap));
        raised.set(owner, after);
        isRaised ||= after > before;
      }
      return isRaised;
    },
    roundBegan() {
      if (params.reset === 'round') raised.clear(); // A2
    },
    unitStarted() {
      if (params.reset === 'start') raised.clear();
    },
  };
}
