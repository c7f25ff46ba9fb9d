import type { NamedUnit, ScoredQueues } from '../../harness/kit/scored-queues.ts';
import type { Id, JobFacts, UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import { createEligibility } from './eligibility.ts';
import { orderUnits } from './order.ts';
import type { PriorityListParams } from './params.ts';

/** The priority list of a round: who awaits, in which order, for which proxies. */
export interface PriorityList {
  /** the list of a round (S:448, S:454) */
  build(awaiting: readonly Id[], view: View): void;
  /** a failed unit awaits again in the same round: at its old place, for proxies of its own */
  putBack(unit: Id, failedOn: Id, view: View): void;
}

export function createPriorityList(
  job: JobFacts,
  params: PriorityListParams,
  queues: ScoredQueues,
): PriorityList {
  const eligible = createEligibility(job, params);
  /** by unit; null = not on the list */
  const places = Array<number | null>(job.units.length).fill(null);
  let end = 0;
  const failedOn = new Map<Id, Id[]>();

  /** S:492: one tier more each round; without rounds (ours) one more after each failure of the unit itself */
  const openTiers = (unit: Id, view: View) =>
    params.rounds ? view.round : Math.max(view.round, view.attempts(unit) + 1);

  /** units on equal devices share their list of them; units scored by store need the same stores too */
  const alike = ({ devices, stores }: UnitFacts) =>
    params.count === 'all-jobs-store' ? `${devices.join()}/${stores.join()}` : devices;

  function* inOrder(awaiting: readonly Id[], view: View): Generator<NamedUnit> {
    const proxiesOf = (unit: UnitFacts) => eligible(unit.reach, openTiers(unit.id, view));
    const ordered = orderUnits(awaiting, (unit) => proxiesOf(unit).length, { job, params });
    end = ordered.length;
    for (let place = 0; place < end; place++) {
      const id = ordered[place]!;
      const unit = job.units[id]!;
      places[id] = place;
      yield { name: alike(unit), unit, place, proxies: proxiesOf(unit) };
    }
  }

  return {
    build(awaiting, view) {
      places.fill(null);
      failedOn.clear();
      queues.fill(inOrder(awaiting, view), view);
    },
    putBack(id, proxy, view) {
      const unit = job.units[id]!;
      const failed = [...(failedOn.get(id) ?? []), proxy];
      failedOn.set(id, failed);
      const mine = eligible(unit.reach, openTiers(id, view));
      const proxies = params.retryInRound ? mine.filter((p) => !failed.includes(p)) : mine; // A21
      // a coordinator that took over does not know the place of what ran already: the end of the list
      places[id] ??= end++;
      const name = `again ${id} ${failed.length}`;
      queues.add({ name, unit, place: places[id], proxies }, view);
    },
  };
}
