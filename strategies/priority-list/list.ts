import type { Id, JobFacts, UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';
import { createUnitQueues, type UnitQueues } from '../../harness/kit/unit-queues.ts';
import { createEligibility } from './eligibility.ts';
import { orderUnits } from './order.ts';
import type { PriorityListParams } from './params.ts';

/** The priority list of a round: who awaits, in which order, for which proxies. */
export interface PriorityList {
  readonly queues: UnitQueues;
  /** the list of a round (S:448, S:454) */
  build(awaiting: readonly Id[], view: View): void;
  started(unit: Id): void;
  /** a failed unit awaits again in the same round: at its old place, for proxies of its own */
  putBack(unit: Id, failedOn: Id, view: View): void;
}

export function createPriorityList(
  job: JobFacts,
  params: PriorityListParams,
  proxyCount: number,
): PriorityList {
  const queues = createUnitQueues(proxyCount);
  const eligible = createEligibility(job, params);
  const places = new Map<Id, number>();
  const failedOn = new Map<Id, Id[]>();

  /** S:492: one tier more each round; without rounds (ours) one more after each failure of the unit itself */
  const openTiers = (unit: Id, view: View) =>
    params.rounds ? view.round : Math.max(view.round, view.attempts(unit) + 1);

  /** the facts' queue: same tier to every proxy and same devices; units scored by store need the same stores too */
  const alike = (unit: UnitFacts) =>
    params.count === 'all-jobs-store' ? `${unit.queue}/${unit.stores.join()}` : `${unit.queue}`;

  return {
    queues,
    build(awaiting, view) {
      queues.clear();
      places.clear();
      failedOn.clear();
      const proxiesOf = (unit: UnitFacts) => eligible(unit.reach, openTiers(unit.id, view));
      const units = awaiting.map((id) => job.units[id]!);
      const ordered = orderUnits(units, (unit) => proxiesOf(unit).length, { job, params });
      for (const [place, unit] of ordered.entries()) {
        places.set(unit.id, place);
        const name = `${alike(unit)} ${openTiers(unit.id, view)}`;
        queues.add(name, { unit, place, proxies: proxiesOf(unit) });
      }
    },
    started: (unit) => queues.remove(unit),
    putBack(id, proxy, view) {
      const unit = job.units[id]!;
      const failed = [...(failedOn.get(id) ?? []), proxy];
      failedOn.set(id, failed);
      const mine = eligible(unit.reach, openTiers(id, view));
      const proxies = params.retryInRound ? mine.filter((p) => !failed.includes(p)) : mine; // A21
      // a coordinator that took over does not know the place of what ran already: the end of the list
      if (!places.has(id)) places.set(id, places.size);
      queues.add(`again ${id} ${failed.length}`, { unit, place: places.get(id)!, proxies });
    },
  };
}
