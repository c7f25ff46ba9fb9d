import { tierOf } from '../../model/access.ts';
import type { Job, Night } from '../../model/night.ts';
import { boundPool, type Demand } from '../bounds/pool.ts';

/**
 * Seconds that the control plane works if every VM is read in its best mode: snapshots and HotAdds by management server, HotAdds
 * by proxy. No bound on a night, since a VM may be read in another mode, but what its queues come to.
 */
export function controlPlaneS(night: Night): number {
  const { snapshotCreateS, snapshotRemoveS, attachS, detachS } = night.overheads;
  const local = tierOf('local');
  const operations: Demand[] = [];
  const hotAdds: Demand[] = [];
  for (const { facts, unit } of night.jobs.flatMap((job) => unitsOf(night, job))) {
    const best = ([1, 2, 3, 4] as const).find((t) => facts.candidates(unit.reach, t).length > 0);
    if (best === undefined) continue;
    const hotAddS = best === local ? attachS + detachS : 0;
    const manager = night.servers[unit.server]!.managementServer;
    if (manager !== null)
      operations.push({
        members: [manager],
        startS: 0,
        work: snapshotCreateS + snapshotRemoveS + hotAddS,
      });
    if (best === local)
      hotAdds.push({ members: facts.candidates(unit.reach, local), startS: 0, work: hotAddS });
  }
  const managed = boundPool(operations, (m) => night.managementServers[m]!.operations ?? Infinity);
  const added = boundPool(hotAdds, (p) => night.proxies[p]!.hotAddReconfigurations);
  return Math.max(managed?.seconds ?? 0, added?.seconds ?? 0);
}

const unitsOf = (night: Night, job: Job) => {
  const facts = night.jobFacts(job.id, 'vm');
  return facts.units.map((unit) => ({ facts, unit }));
};
