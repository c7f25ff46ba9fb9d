import { groupBy } from '../harness/kit/group.ts';
import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { createPlacesOf, dealRuns, onLossChoices, workOffQueues } from '../harness/kit/static-queues.ts';
import type { Id } from '../harness/model/facts.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const vsaGrouped = defineStrategy<{
  readonly groupBy: 'site-hypervisor' | 'cluster';
  readonly onLoss: (typeof onLossChoices)[number];
  readonly respectLimit: boolean;
}>({
  contract: 1,
  name: 'vsa-grouped',
  summary:
    'Hosts grouped by site and hypervisor; proxies dealt to the groups, the most free streams to the largest mean VM; inside a group VMs by size cut into one run per proxy, as vsa-static',
  source: 'prior load balancing of virtual server agents: claims of US 9,703,584, 11,734,035, 11,922,197',
  additions:
    'Which metadata; how proxies are dealt (to the group that has the fewest of those that the proxy reaches); a group that gets none shares all; a VM that no proxy of its group reaches goes to one of another; and what is ours in vsa-static.',
  defaults: { groupBy: 'site-hypervisor', onLoss: 'lost', respectLimit: true },
  choices: { groupBy: ['site-hypervisor', 'cluster'], onLoss: onLossChoices },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'order-free', 'seed-free'],
  create({ params, job, cluster }) {
    function groupOf(unit: Id): string {
      const { site, hypervisor, cluster: name } = cluster.servers[job.units[unit]!.server]!;
      return params.groupBy === 'cluster' ? `${name}` : `${site} ${hypervisor}`;
    }

    /** groups of units, the largest mean VM first */
    function rankGroups(units: readonly Id[]): Id[][] {
      const groups = [...groupBy(units, groupOf).values()];
      const meanMB = (group: readonly Id[]) =>
        group.reduce((sum, u) => sum + job.units[u]!.allocatedMB, 0) / group.length;
      return groups.toSorted((a, b) => meanMB(b) - meanMB(a) || a[0]! - b[0]!);
    }

    return workOffQueues(
      { job, cluster },
      {
        ...params,
        deal(units, vsas) {
          const groups = rankGroups(units);
          const placesOf = createPlacesOf(job, vsas);
          const reachesOf = (group: readonly Id[]) => new Set(group.map((u) => job.units[u]!.reach));
          const reachedBy = vsas.map(() => [] as number[]);
          for (const [g, group] of groups.entries())
            for (const place of new Set([...reachesOf(group)].flatMap(placesOf))) reachedBy[place]!.push(g);
          const hands: number[][] = groups.map(() => []);
          for (const place of [...vsas.keys()].toSorted(
            (a, b) => vsas[b]!.free - vsas[a]!.free || vsas[a]!.proxy - vsas[b]!.proxy,
          )) {
            const group = pickMin(reachedBy[place]!, (g) => hands[g]!.length);
            if (group !== null) hands[group]!.push(place);
          }
          return groups.flatMap((group, g) => {
            const hand = hands[g]!.toSorted((a, b) => a - b).map((place) => vsas[place]!);
            const own = dealRuns(job, group, hand);
            const got = new Set(own.map((d) => d.unit));
            return [
              ...own,
              ...dealRuns(
                job,
                group.filter((u) => !got.has(u)),
                vsas,
              ),
            ];
          });
        },
      },
    );
  },
});
