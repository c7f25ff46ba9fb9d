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
  const proxiesOf = reachable(facts);
  return facts.units.flatMap((unit, place) => {
    const disks = unit.disks.map((d) => night.vms[unit.vm]!.disks[d]!);
    const sources = disks.map((d) => ({
      MB: d.toMoveMB,
      device: d.device,
      MBps: deviceRateMBps(night.devices[d.device]!, job.kind),
    }));
    const { proxies, tiers } = proxiesOf(unit.reach);
    if (tiers.length === 0 || sources.some((s) => s.MB > 0 && !(s.MBps > 0))) return [];
    const isFirstOfVm = facts.units[place - 1]?.vm !== unit.vm;
    const times = tiers.map((tier) => timesOf(night, { facts, unit, job, sources, tier, isFirstOfVm }));
    return [
      {
        job,
        vmKey: night.vms[unit.vm]!.key,
        disks,
        sizeMB: unit.toMoveMB,
        proxies,
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

function reachable(facts: JobFacts): (reach: Id) => { proxies: readonly Id[]; tiers: readonly Tier[] } {
  const known = new Map<Id, { proxies: readonly Id[]; tiers: readonly Tier[] }>();
  return (reach) => {
    const found = known.get(reach);
    if (found !== undefined) return found;
    const tiers = ([1, 2, 3, 4] as const).filter((t) => facts.candidates(reach, t).length > 0);
    const proxies = tiers.flatMap((t) => [...facts.candidates(reach, t)]).toSorted((a, b) => a - b);
    known.set(reach, { proxies, tiers });
    return { proxies, tiers };
  };
}

interface Source {
  readonly MB: number;
  readonly device: Id;
  readonly MBps: number;
}

function timesOf(
  night: Night,
  at: {
    facts: JobFacts;
    unit: UnitFacts;
    job: Job;
    sources: readonly Source[];
    tier: Tier;
    isFirstOfVm: boolean;
  },
): Pick<UnitPath, 'aloneS' | 'openS' | 'streamS'> {
  const { facts, unit, job, sources, tier } = at;
  const cpuMBps = maxOf(facts.candidates(unit.reach, tier), (p) =>
    job.kind === 'full' ? night.proxies[p]!.fullMBps : night.proxies[p]!.incrementalMBps,
  )!;
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
