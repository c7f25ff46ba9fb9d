import type { Job, Night } from '../model/night.ts';
import type { Argument, Bound, BoundName } from './bounds/bound.ts';
import { pathsOf } from './bounds/paths.ts';
import { boundDevices, boundServers, boundStores, boundVm } from './bounds/source.ts';
import { boundAgents, boundLinks, boundProxies, boundStorage, boundStreams } from './bounds/transport.ts';
import { firstStartOf } from './tally.ts';

// Times from the first job's start below which no strategy can bring the last finish, by simple arguments of one
// resource each. They hold for every strategy of the work unit, with and without faults: what the model takes away
// (efficiency under streams, production load, slowdowns, queues) only makes a night longer.

const boundsByName: Readonly<Record<BoundName, Argument>> = {
  vm: boundVm,
  device: boundDevices,
  store: boundStores,
  servers: boundServers,
  proxies: boundProxies,
  links: boundLinks,
  agents: boundAgents,
  storage: boundStorage,
  streams: boundStreams,
};

export interface Bounds {
  /** 0 where there is nothing to do */
  readonly bestS: number;
  /** what the best one speaks of; null where there is nothing to do */
  readonly binding: string | null;
  /** longest first; equal ones in order of the table above, then of the document */
  readonly all: readonly Bound[];
}

/**
 * @param workUnit what the strategy backs up in one attempt: disks of a VM that are units of their own may be read
 * side by side, so that the bounds for 'disk' are lower
 * @param jobs the jobs to look at, as if they had the cluster to themselves
 */
export function boundsOf(night: Night, workUnit: 'vm' | 'disk', jobs: readonly Job[] = night.jobs): Bounds {
  // units without a path strand: they bound nothing
  const paths = jobs.flatMap((job) => pathsOf(night, job, workUnit));
  const zeroS = firstStartOf(night);
  const all = Object.values(boundsByName)
    .flatMap((argument) => argument(night, paths))
    .map((b) => ({ ...b, seconds: b.seconds - zeroS }))
    .toSorted((a, b) => b.seconds - a.seconds);
  return { bestS: all[0]?.seconds ?? 0, binding: all[0]?.what ?? null, all };
}

export type { Bound, BoundName } from './bounds/bound.ts';
