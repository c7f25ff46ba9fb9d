import { createUsableProxies, limitPromise } from '../harness/kit/proxy-room.ts';
import { serveOnRequest } from '../harness/kit/pull-list.ts';
import type { UnitFacts } from '../harness/model/facts.ts';
import { defineStrategy, type View } from '../harness/model/strategy.ts';

const ranks = { new: 0, failed: 1, ok: 2 } as const;

export const commvaultDocumented = defineStrategy<{
  readonly sameCluster: boolean;
  readonly respectLimit: boolean;
}>({
  contract: 1,
  name: 'commvault-documented',
  summary:
    'New VMs first, then those that failed last time, then those with fewer proxies; a VM goes to the proxies of its own cluster where any is in service; what one proxy fits is its own, the rest is given to proxies as they ask',
  source:
    'public documentation of Commvault: Backup Workload Distribution; VM Dispatch and Proxy Selection for VMware Backups (11.20 to 2023e). Not the patent',
  additions:
    'Criteria below these three, multiple streams by disk as the job drains and limits by data store and volume are left out; physical proxies belong to no cluster; what a lost proxy leaves to nobody else waits for the next round; proxies are served in the order in which their VMs end, at the start by turns; ties in input order; sameCluster=false and respectLimit=false.',
  defaults: { sameCluster: true, respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create({ params, job, cluster }) {
    const usable = createUsableProxies(job);
    const clusterOf = (server: number | null) => (server === null ? null : cluster.servers[server]!.cluster);

    function proxiesOf(unit: UnitFacts, { proxies }: View): readonly number[] {
      const own = clusterOf(unit.server);
      const isSame = (p: number) => own !== null && clusterOf(cluster.proxies[p]!.server) === own;
      const same = usable(unit.reach).filter((p) => isSame(p) && proxies.inService[p] === 1);
      return params.sameCluster && same.length > 0 ? same : usable(unit.reach);
    }

    return serveOnRequest(
      { job, cluster },
      {
        respectLimit: params.respectLimit,
        alike: (unit) => `${unit.reach} ${clusterOf(unit.server)}`,
        proxiesOf,
        order: (a, b) =>
          ranks[a.unit.lastResult] - ranks[b.unit.lastResult] || a.proxies.length - b.proxies.length,
      },
    );
  },
});
