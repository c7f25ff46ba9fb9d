import type { Id } from '../model/facts.ts';
import type { Job, Night } from '../model/night.ts';
import { deviceRateMBps, pathsOf, type UnitPath } from './bounds/paths.ts';
import { boundPool } from './bounds/pool.ts';
import { groupBy } from './group-by.ts';
import { firstStartOf } from './tally.ts';
import { maxOf, sumOf } from './sum.ts';

// Times from the first job's start below which no strategy can bring the last finish, by simple arguments of one
// resource each. They hold for every strategy of the work unit, with and without faults: what the model takes away
// (efficiency under streams, production load, slowdowns, queues) only makes a night longer.

export const boundNames = ['vm', 'device', 'store', 'proxies', 'agents', 'storage', 'streams'] as const;
export type BoundName = (typeof boundNames)[number];

export interface Bound {
  readonly name: BoundName;
  /** in words, as "VM sql-17 alone" */
  readonly what: string;
  readonly seconds: number;
}

export interface Bounds {
  /** 0 where there is nothing to do */
  readonly bestS: number;
  /** what the best one speaks of; null where there is nothing to do */
  readonly binding: string | null;
  /** longest first; equal ones in order of `boundNames`, then of the document */
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
  const all = [
    ...longestVm(paths),
    ...devices(night, paths),
    ...snapshots(night, paths),
    ...proxies(night, paths),
    ...agents(night, paths),
    ...storage(night, paths),
    ...streams(night, paths),
  ]
    .map((b) => ({ ...b, seconds: b.seconds - zeroS }))
    .toSorted((a, b) => b.seconds - a.seconds);
  return { bestS: all[0]?.seconds ?? 0, binding: all[0]?.what ?? null, all };
}

function longestVm(paths: readonly UnitPath[]): Bound[] {
  let longest: { path: UnitPath; endS: number } | null = null;
  for (const path of paths) {
    const endS = path.job.startS + path.aloneS;
    if (longest === null || endS > longest.endS) longest = { path, endS };
  }
  return longest === null
    ? []
    : [{ name: 'vm', what: `VM ${longest.path.vmKey} alone`, seconds: longest.endS }];
}

function devices(night: Night, paths: readonly UnitPath[]): Bound[] {
  const demands = paths.flatMap((path) =>
    path.disks.map((d) => ({
      members: [d.device],
      startS: path.job.startS,
      // in seconds of the device
      work: d.toMoveMB / deviceRateMBps(night.devices[d.device]!, path.job.kind),
    })),
  );
  return night.devices.flatMap((device) => {
    const own = demands.filter((d) => d.members[0] === device.id);
    const bound = boundPool(own, () => 1);
    return bound === null ? [] : [{ name: 'device', what: `device ${device.name}`, seconds: bound.seconds }];
  });
}

/** A data store bears only so many open snapshots; one is open at least while a disk of the VM is read. */
function snapshots(night: Night, paths: readonly UnitPath[]): Bound[] {
  return night.stores.flatMap(({ id, name, maxOpenSnapshots }) => {
    if (maxOpenSnapshots === null) return [];
    const own = paths.filter((path) => path.stores.includes(id));
    const demands = [...groupBy(own, (path) => path.vmKey).values()].map((units) => ({
      members: [id],
      startS: units[0]!.job.startS,
      work: maxOf(units, (path) => path.openS)!,
    }));
    const bound = boundPool(demands, () => maxOpenSnapshots);
    return bound === null
      ? []
      : [{ name: 'store', what: `open snapshots of data store ${name}`, seconds: bound.seconds }];
  });
}

/**
 * A proxy of f MB/s of fulls and i MB/s of incrementals can do at most max(w f, i) of work in a second when a MB of a
 * full counts w and one of an incremental 1: true for every w >= 0, and the best w is a ratio i/f of some proxy, 0 or
 * infinity (duality of the linear program that shares out each proxy's seconds).
 */
function proxies(night: Night, paths: readonly UnitPath[]): Bound[] {
  const weights = [...new Set(night.proxies.map((p) => p.incrementalMBps / p.fullMBps))];
  const prices = [
    { full: 1, incremental: 0 },
    { full: 0, incremental: 1 },
    ...weights.map((w) => ({ full: w, incremental: 1 })),
  ];
  const found = prices.flatMap((price) => {
    const bound = boundPool(
      paths.map((path) => ({
        members: path.proxies,
        startS: path.job.startS,
        work: path.sizeMB * price[path.job.kind],
      })),
      (p) => {
        const { fullMBps, incrementalMBps } = night.proxies[p]!;
        return Math.max(price.full * fullMBps, price.incremental * incrementalMBps);
      },
    );
    return bound === null ? [] : [bound];
  });
  return longestPool(found, 'proxies', (ids) => nameGroup('proxies', ids, night.proxies));
}

function agents(night: Night, paths: readonly UnitPath[]): Bound[] {
  const bytes = boundPool(
    paths.map((path) => ({
      members: path.job.agents,
      startS: path.job.startS,
      work: path.job.reducedAt === 'proxy' ? path.sizeMB / path.job.dataReduction : path.sizeMB,
    })),
    (a) => night.agents[a]!.nicMBps,
  );
  return longestPool(bytes === null ? [] : [bytes], 'agents', (ids) =>
    nameGroup('media agents', ids, night.agents),
  );
}

function storage(night: Night, paths: readonly UnitPath[]): Bound[] {
  const bytes = boundPool(
    paths.map((path) => ({
      members: path.job.agents.map((a) => night.agents[a]!.storage),
      startS: path.job.startS,
      work: path.sizeMB / path.job.dataReduction,
    })),
    (s) => night.secondaryStorage[s]!.writeMBps,
  );
  return longestPool(bytes === null ? [] : [bytes], 'storage', (ids) =>
    nameGroup('secondary storage', ids, night.secondaryStorage),
  );
}

/** Streams are held from the decision to the end of the attempt, its overheads included. */
function streams(night: Night, paths: readonly UnitPath[]): Bound[] {
  const ofJobs = night.jobs.flatMap((job) => {
    const own = paths.filter((path) => path.job === job);
    const streamS = sumOf(own, (path) => path.streamS);
    return own.length === 0
      ? []
      : [{ what: `streams of job ${job.name}`, seconds: job.startS + streamS / job.streams }];
  });
  const slots = boundPool(
    paths.map((path) => ({
      members: path.job.agents,
      startS: path.job.startS,
      work: path.streamS,
    })),
    (a) => night.agents[a]!.maxStreams,
  );
  const ofAgents =
    slots === null
      ? []
      : [
          {
            what: `streams of ${nameGroup('media agents', slots.members, night.agents)}`,
            seconds: slots.seconds,
          },
        ];
  const all = [...ofJobs, ...ofAgents];
  const longestS = maxOf(all, (b) => b.seconds);
  return all
    .filter((b) => b.seconds === longestS)
    .slice(0, 1)
    .map((b) => ({ name: 'streams', ...b }));
}

type Pool = NonNullable<ReturnType<typeof boundPool>>;

function longestPool(
  pools: readonly Pool[],
  name: BoundName,
  wordsOf: (members: readonly Id[]) => string,
): Bound[] {
  const longestS = maxOf(pools, (p) => p.seconds);
  const longest = pools.find((p) => p.seconds === longestS);
  return longest === undefined ? [] : [{ name, what: wordsOf(longest.members), seconds: longest.seconds }];
}

/** "all media agents", "proxies proxy-1, proxy-4", "5 of 12 proxies". */
function nameGroup(plural: string, ids: readonly Id[], all: readonly { readonly name: string }[]): string {
  if (ids.length === all.length && ids.length > 1) return `all ${plural}`;
  if (ids.length > 3) return `${ids.length} of ${all.length} ${plural}`;
  return `${plural} ${ids.map((id) => all[id]!.name).join(', ')}`;
}
