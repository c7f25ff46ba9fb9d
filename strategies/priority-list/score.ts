import type { UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import type { PriorityListParams } from './params.ts';

/** The activity score of a unit: active backup streams at what holds its data (S:506). */
export function createScore(params: PriorityListParams): (unit: UnitFacts, view: View) => number {
  const activeOf = {
    'all-jobs-device': (view: View) => view.devices.active,
    'all-jobs-store': (view: View) => view.stores.active,
    'this-job-device': (view: View) => view.devices.activeThisJob,
  }[params.count]; // A6
  const idsOf = (unit: UnitFacts) => (params.count === 'all-jobs-store' ? unit.stores : unit.devices);

  return (unit, view) => {
    const active = activeOf(view);
    let score = 0;
    for (const id of idsOf(unit))
      score = params.manyStores === 'max' ? Math.max(score, active[id]!) : score + active[id]!; // A7
    return score;
  };
}
