import { type Tier, tierOf } from '../../model/access.ts';
import type { Id, JobFacts, UnitFacts } from '../../model/facts.ts';
import type { Device, Disk, Job, Night } from '../../model/night.ts';
import { maxOf, sumOf } from '../sum.ts';

/** What a unit needs on the best of its paths, each number for itself the least possible. */
export interface UnitPath {
  readonly job: Job;
  readonly vmKey: string;
  readonly disks: readonly Disk[];
  readonly sizeMB: number;
  /** that reach it at any tier, ascending */
  readonly proxies: readonly Id[];
  /** media agents that one of the proxies has a way to, ascending */
  readonly agents: readonly Id[];
  /** links between sites, one of which its bytes take from proxy to agent; empty = they need none */
  readonly links: readonly Id[];
  /** VM servers, through one of which it is read; empty = it can be read without */
  readonly servers: readonly Id[];
  /** from its start to its end if it had everything to itself */
  readonly aloneS: number;
  /** the same without making and removing the snapshot: so long is it open */
  readonly openS: number;
  /** distinct, ascending */
  readonly stores: readonly Id[];
  /** stream-seconds that it holds of its job and of media agents */
  readonly streamS: number;
}

/** The units of a job that have a path, with what they need. */
export function pathsOf(night: Night, job: Job, workUnit: 'vm' | 'disk'): UnitPath[] {
  const facts = night.jobFacts(job.id, workUnit);
  const waysOf = createWays(night, facts);
  return facts.units.flatMap((unit, place) => {
    const disks = unit.disks.map((d) => night.vms[unit.vm]!.disks[d]!);
    const sources = disks.map((d) => ({
      MB: d.toMoveMB,
      device: d.device,
      MBps: deviceRateMBps(night.devices[d.device]!, job.kind),
    }));
    const { tiers, servers, ...way } = waysOf(unit);
    if (tiers.length === 0 || sources.some((s) => s.MB > 0 && !(s.MBps > 0))) return [];
    const isFirstOfVm = facts.units[place - 1]?.vm !== unit.vm;
    const times = tiers.map((at) => timesOf(night, { ...at, unit, job, sources, isFirstOfVm }));
    return [
      {
        job,
        vmKey: night.vms[unit.vm]!.key,
        disks,
        sizeMB: unit.toMoveMB,
        ...way,
        servers: servers(),
        aloneS: Math.min(...times.map((t) => t.aloneS)),
        openS: Math.min(...times.map((t) => t.openS)),
        stores: unit.stores,
        streamS: Math.min(...times.map((t) => t.streamS)),
      },
    ];
  });
}

/** What a device gives to one stream at its best hour; 0 = production takes all of it at every hour. */
export const deviceRateMBps = (device: Device, kind: Job['kind']): number =>
  Math.max(0, device.readMBps - Math.min(...device.productionMBps)) *
  (kind === 'incremental' ? device.incrementalReadEfficiency : 1);

/** A tier at which a unit is reached. */
interface TierOfWay {
  readonly tier: Tier;
  /** of the proxy that is the fastest at it */
  readonly cpuMBps: number;
}

interface Ways extends Pick<UnitPath, 'proxies' | 'agents' | 'links'> {
  readonly tiers: readonly TierOfWay[];
  readonly servers: () => readonly Id[];
}

/** What units of one reach have in common is worked out once. */
function createWays(night: Night, facts: JobFacts): (unit: UnitFacts) => Ways {
  const byReach = new Map<Id, Omit<Ways, 'servers'>>();
  const serversAt = new Map<string, readonly Id[]>();
  return (unit) => {
    const ways = byReach.get(unit.reach) ?? waysOfReach(night, facts, unit.reach);
    byReach.set(unit.reach, ways);
    return {
      ...ways,
      servers() {
        const place = `${unit.server} ${unit.reach} ${unit.stores.join(',')}`;
        const servers = serversAt.get(place) ?? serversOf(night, facts, unit);
        serversAt.set(place, servers);
        return servers;
      },
    };
  };
}

function waysOfReach(night: Night, facts: JobFacts, reach: Id): Omit<Ways, 'servers'> {
  const tiers = ([1, 2, 3, 4] as const).filter((t) => facts.candidates(reach, t).length > 0);
  const proxies = ascending(tiers.flatMap((t) => [...facts.candidates(reach, t)]));
  const ways = proxies.flatMap((proxy) => facts.agentsOf(proxy).map((agent) => ({ proxy, agent })));
  const links = ways.map(
    ({ proxy, agent }) => night.link(night.proxies[proxy]!.site, night.agents[agent]!.site)?.id ?? null,
  );
  return {
    tiers: tiers.map((tier) => ({ tier, cpuMBps: cpuMBpsOf(night, facts, facts.candidates(reach, tier)) })),
    proxies,
    agents: ascending(ways.map((w) => w.agent)),
    links: allOrNone(links),
  };
}

const cpuMBpsOf = (night: Night, { kind }: JobFacts, proxies: readonly Id[]): number =>
  maxOf(proxies, (p) => (kind === 'full' ? night.proxies[p]!.fullMBps : night.proxies[p]!.incrementalMBps))!;

function serversOf(night: Night, facts: JobFacts, { vm, reach, stores }: UnitFacts): readonly Id[] {
  const tiers = ([1, 2, 3, 4] as const).filter((t) => facts.candidates(reach, t).length > 0);
  // the first tier that reads without a server spares the rest
  if (tiers.some((t) => t < tierOf('network'))) return [];
  return allOrNone(
    tiers.flatMap((t) => facts.candidates(reach, t).map((p) => night.viaServer(vm, stores, p, t))),
  );
}

const ascending = (ids: readonly Id[]): Id[] => [...new Set(ids)].toSorted((a, b) => a - b);

/** One way that needs none frees the unit of all. */
const allOrNone = (ids: readonly (Id | null)[]): readonly Id[] => {
  const needed = ids.filter((id) => id !== null);
  return needed.length < ids.length ? [] : ascending(needed);
};

interface Source {
  readonly MB: number;
  readonly device: Id;
  readonly MBps: number;
}

function timesOf(
  night: Night,
  at: TierOfWay & {
    unit: UnitFacts;
    job: Job;
    sources: readonly Source[];
    isFirstOfVm: boolean;
  },
): Pick<UnitPath, 'aloneS' | 'openS' | 'streamS'> {
  const { tier, cpuMBps, unit, job, sources } = at;
  const laneMBps = Math.min(night.streamCapMBps(tier), cpuMBps);
  const serialS = sources.map((s) => (s.MB > 0 ? s.MB / Math.min(laneMBps, s.MBps) : 0));
  const totalS = sumOf(serialS, (s) => s);
  const lanes = Math.max(1, Math.min(job.streamsPerVm, sources.length));
  const transferS = Math.max(
    totalS / lanes, // the longest lane is no shorter than the mean one
    ...serialS, // a disk is read by one stream
    unit.toMoveMB / cpuMBps,
    ...sources.map((s) => deviceS(sources, s.device)),
  );
  const { snapshotCreateS, snapshotRemoveS, attachS, detachS, connectS, disconnectS } = night.overheads;
  const wayS = tier === tierOf('local') ? attachS + detachS : connectS + disconnectS;
  const snapshotS = snapshotCreateS + snapshotRemoveS;
  return {
    aloneS: snapshotS + wayS + transferS,
    openS: wayS + transferS,
    // the disks of a VM share one snapshot
    streamS: (at.isFirstOfVm ? snapshotS : 0) + wayS + totalS,
  };
}

const deviceS = (sources: readonly Source[], device: Id): number =>
  sumOf(sources, (s) => (s.device === device && s.MB > 0 ? s.MB / s.MBps : 0));
