import type { Id } from '../../model/facts.ts';
import type { Job } from '../../model/night.ts';
import { sumOf } from '../sum.ts';
import { longestPool, nameGroup, namesOf, type Argument, type Bound } from './bound.ts';
import type { UnitPath } from './paths.ts';
import { boundPool } from './pool.ts';

// What proxies, links, media agents, secondary storage and streams allow.

/**
 * A proxy of f MB/s of fulls and i MB/s of incrementals can do at most max(w f, i) of work in a second when a MB of a
 * full counts w and one of an incremental 1: true for every w >= 0, and the best w is a ratio i/f of some proxy, 0 or
 * infinity (duality of the linear program that shares out each proxy's seconds).
 */
export const boundProxies: Argument = (night, paths) => {
  const weights = [...new Set(night.proxies.map((p) => p.incrementalMBps / p.fullMBps))];
  const prices: readonly Record<Job['kind'], number>[] = [
    { full: 1, incremental: 0 },
    { full: 0, incremental: 1 },
    ...weights.map((w) => ({ full: w, incremental: 1 })),
  ];
  const pools = prices.map((price) =>
    boundPool(
      paths.map((path) => ({
        members: path.proxies,
        startS: path.job.startS,
        work: path.sizeMB * price[path.job.kind],
      })),
      (p) => {
        const { fullMBps, incrementalMBps } = night.proxies[p]!;
        return Math.max(price.full * fullMBps, price.incremental * incrementalMBps);
      },
    ),
  );
  return longestPool(pools, 'proxies', (ids) => nameGroup('proxies', ids, namesOf(night.proxies)));
};

/** What leaves a proxy: reduced already, or not yet. */
const sentMB = ({ job, sizeMB }: UnitPath): number =>
  job.reducedAt === 'proxy' ? sizeMB / job.dataReduction : sizeMB;

export const boundLinks: Argument = (night, paths) => {
  const bound = boundPool(
    paths
      .filter((path) => path.links.length > 0)
      .map((path) => ({ members: path.links, startS: path.job.startS, work: sentMB(path) })),
    (l) => night.links[l]!.MBps,
  );
  const names = night.links.map((l) => `${night.sites[l.from]} to ${night.sites[l.to]}`);
  return longestPool([bound], 'links', (ids) => nameGroup('links', ids, names));
};

export const boundAgents: Argument = (night, paths) => {
  const bound = boundPool(
    paths.map((path) => ({ members: path.agents, startS: path.job.startS, work: sentMB(path) })),
    (a) => night.agents[a]!.nicMBps,
  );
  return longestPool([bound], 'agents', (ids) => nameGroup('media agents', ids, namesOf(night.agents)));
};

export const boundStorage: Argument = (night, paths) => {
  const behind = new Map<readonly Id[], readonly Id[]>();
  for (const agents of new Set(paths.map((path) => path.agents)))
    behind.set(
      agents,
      agents.map((a) => night.agents[a]!.storage),
    );
  const bound = boundPool(
    paths.map((path) => ({
      members: behind.get(path.agents)!,
      startS: path.job.startS,
      work: path.sizeMB / path.job.dataReduction,
    })),
    (s) => night.secondaryStorage[s]!.writeMBps,
  );
  return longestPool([bound], 'storage', (ids) =>
    nameGroup('secondary storage', ids, namesOf(night.secondaryStorage)),
  );
};

/** Streams are held from the decision to the end of the attempt, its overheads included. */
export const boundStreams: Argument = (night, paths) => {
  const ofJobs = night.jobs.flatMap((job): Bound[] => {
    const own = paths.filter((path) => path.job === job);
    const streamS = sumOf(own, (path) => path.streamS);
    return own.length === 0
      ? []
      : [
          {
            name: 'streams',
            what: `streams of job ${job.name}`,
            seconds: job.startS + streamS / job.streams,
          },
        ];
  });
  const slots = boundPool(
    paths.map((path) => ({ members: path.agents, startS: path.job.startS, work: path.streamS })),
    (a) => night.agents[a]!.maxStreams,
  );
  const ofAgents = longestPool(
    [slots],
    'streams',
    (ids) => `streams of ${nameGroup('media agents', ids, namesOf(night.agents))}`,
  );
  return [...ofJobs, ...ofAgents].toSorted((a, b) => b.seconds - a.seconds).slice(0, 1);
};
