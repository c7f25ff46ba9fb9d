import { groupBy } from '../../kit/group.ts';
import { tiers, tierOf, type Tier } from '../../model/access.ts';
import type { Id, JobFacts, UnitFacts } from '../../model/facts.ts';
import type { Disk, Job, Night, Vm } from '../../model/night.ts';
import { maxOf, sumOf } from '../sum.ts';
import { firstStartOf } from '../tally.ts';
import { remember } from './remember.ts';
import type { RowKind, Rows } from './rows.ts';
import { featureCount, features, type Use, type Uses } from './uses.ts';

// What the units of a night need, each number the least possible: everything to itself, on the best proxy of a tier.

export interface Need {
  readonly job: Job;
  readonly facts: JobFacts;
  readonly reach: Id;
  readonly server: Id;
  readonly vmKey: string;
  /** by tier - 1: by place in `features`; null = no proxy reaches it so */
  readonly byTier: readonly (Float64Array | null)[];
  /** whatever way it takes; on the first unit of a VM also what its units share */
  readonly always: readonly Amount[];
  /** the earliest end, from any of its ways */
  readonly endS: number;
}

export interface Amount {
  readonly row: Id;
  readonly amount: number;
}

/** The units of these jobs that have a path. */
export function needsOf(
  night: Night,
  jobs: readonly Job[],
  workUnit: 'vm' | 'disk',
  { rows, uses }: { rows: Rows; uses: Uses },
): Need[] {
  const limitOf = (list: readonly { readonly limit: number | null }[]) =>
    list.reduce((least, { limit }) => Math.min(least, limit ?? Infinity), Infinity);
  // a read that wants more than there are gets all there are, and is content
  const fewestConnections = limitOf(
    [...night.servers, ...night.managementServers].map((s) => ({ limit: s.networkConnections })),
  );
  const fewestHotAddDisks = limitOf(night.proxies.map((p) => ({ limit: p.hotAddDisks })));

  return jobs.flatMap((job) => {
    const facts = night.jobFacts(job.id, workUnit);
    const bestOf = bestWays(night, job, facts, { rows, uses });
    const byVm = groupBy(facts.units, (u) => u.vm);
    return [...byVm].flatMap(([vm, units]) => needsOfVm(night.vms[vm]!, units));

    function needsOfVm(vm: Vm, units: readonly UnitFacts[]): Need[] {
      const times = units.flatMap((unit) => timesOf(vm, unit) ?? []);
      // one of its units has no path: what they share is not looked at
      const shared = times.length === units.length ? sharedOf(vm, times) : null;
      return times.map(({ unit, byTier, endS, own }, place) => {
        if (place === 0 && shared !== null && workUnit === 'disk')
          for (const amounts of byTier) if (amounts !== null) amounts[streamS]! += shared.streamS;
        const always = [...own, ...(place === 0 ? (shared?.always ?? []) : [])];
        return { job, facts, reach: unit.reach, server: unit.server, vmKey: vm.key, byTier, always, endS };
      });
    }

    interface Times {
      readonly unit: UnitFacts;
      readonly byTier: readonly (Float64Array | null)[];
      readonly endS: number;
      readonly own: readonly Amount[];
      /** from attaching to detaching, by the quickest way */
      readonly openS: number;
    }

    /** null = has no path */
    function timesOf(vm: Vm, unit: UnitFacts): Times | null {
      const disks = unit.disks.map((d) => vm.disks[d]!);
      const sources = disks.map((disk) => ({ disk, MBps: deviceRate(disk) }));
      if (sources.some(({ disk, MBps }) => disk.toMoveMB > 0 && !(MBps > 0))) return null;
      const { snapshotCreateS, snapshotRemoveS, attachS, detachS, connectS, disconnectS } = night.overheads;
      const isWhole = workUnit === 'vm';
      let [endS, openS] = [Infinity, Infinity];
      const byTier = tiers.map((tier) => {
        const best = bestOf(unit.reach, unit.server, tier);
        if (best === null) return null;
        const laneMBps = Math.min(night.streamCapMBps(tier), best.MBps);
        const serialS = sources.map(({ disk, MBps }) => secondsOf(disk.toMoveMB, Math.min(laneMBps, MBps)));
        const totalS = sumOf(serialS, (s) => s);
        const transferS = Math.max(
          totalS / Math.max(1, Math.min(job.streamsPerVm, disks.length)), // the longest lane is no shorter than the mean one
          ...serialS, // a disk is read by one stream
          secondsOf(unit.toMoveMB, best.MBps),
          ...unit.devices.map((d) =>
            sumOf(sources, (s) => (s.disk.device === d ? secondsOf(s.disk.toMoveMB, s.MBps) : 0)),
          ),
        );
        const wayS = tier === tierOf('local') ? attachS + detachS : connectS + disconnectS;
        const heldS = wayS + transferS;
        if (heldS === Infinity) return null; // its proxies are out all night
        openS = Math.min(openS, heldS);
        const afterS = snapshotRemoveS + commitS(vm, heldS);
        // disks of a VM share a snapshot: another of them may have made it while the proxy booted
        const readyS = isWhole
          ? Math.max(job.startS, best.upS) + snapshotCreateS
          : Math.max(job.startS + snapshotCreateS, best.upS);
        endS = Math.min(endS, readyS + heldS + afterS);
        const own = new Float64Array(featureCount);
        own[features.MB] = unit.toMoveMB;
        own[features.nasMB] = sumOf(disks, (d) =>
          night.devices[d.device]!.attachment.kind === 'nas' ? d.toMoveMB : 0,
        );
        own[features.attempts] = 1;
        // by one stream: more of them hold all the rest as often
        own[streamS] =
          wayS + totalS + (isWhole ? snapshotCreateS + snapshotRemoveS + commitS(vm, wayS + totalS) : 0);
        own[features.connectedS] = fewestConnections < job.streamsPerVm ? 0 : connectS + disconnectS + totalS;
        own[features.attachedS] = Math.min(disks.length, fewestHotAddDisks) * heldS;
        return own;
      });
      if (endS === Infinity) return null;
      const own = sources.flatMap(({ disk }) =>
        amount('device', disk.device, disk.toMoveMB / efficiency(disk)),
      );
      return { unit, byTier, endS, own, openS };
    }

    /** What the units of a VM need together: one snapshot at least, on each of its stores. */
    function sharedOf(vm: Vm, times: readonly Times[]): { streamS: number; always: Amount[] } {
      const { snapshotCreateS, snapshotRemoveS } = night.overheads;
      const openS = maxOf(times, (t) => t.openS)!;
      const onceS = snapshotCreateS + snapshotRemoveS + commitS(vm, openS);
      const stores = new Set(times.flatMap((t) => t.unit.stores));
      return {
        streamS: onceS,
        always: [
          ...[...stores].flatMap((s) =>
            amount(
              'openSnapshots',
              s,
              maxOf(times, (t) => (t.unit.stores.includes(s) ? t.openS : 0))! +
                (workUnit === 'vm' || stores.size === 1 ? onceS : 0),
            ),
          ),
          ...amount(
            'operations',
            night.servers[vm.server]!.managementServer,
            snapshotCreateS + snapshotRemoveS,
          ),
          ...weightsOf(vm).flatMap(([d, weight]) =>
            amount('device', d, passes * weight * deltaMB(vm, openS)),
          ),
        ],
      };
    }

    function amount(kind: RowKind, entity: Id | null, value: number): Amount[] {
      const row = entity === null ? null : rows.find(kind, entity);
      return row === null || !(value > 0) ? [] : [{ row: row.id, amount: value }];
    }

    function efficiency(disk: Disk): number {
      return job.kind === 'incremental' ? night.devices[disk.device]!.incrementalReadEfficiency : 1;
    }

    function deviceRate(disk: Disk): number {
      return rows.find('device', disk.device)!.supply.peak * efficiency(disk);
    }
  });

  /** What the guest writes while the snapshot is open, at the least. */
  function deltaMB(vm: Vm, heldS: number): number {
    return vm.writeMBps * (heldS + night.overheads.snapshotRemoveS);
  }

  function commitS(vm: Vm, heldS: number): number {
    const MBps = weightsOf(vm).reduce(
      (least, [d, weight]) => Math.min(least, rows.find('device', d)!.supply.peak / (passes * weight)),
      night.overheads.snapshotCommitMBps,
    );
    return secondsOf(deltaMB(vm, heldS), MBps);
  }
}

/** The most that one unit gets of any way of a tier, and when the first of its proxies can be up. */
function bestWays(
  night: Night,
  job: Job,
  facts: JobFacts,
  { rows, uses }: { rows: Rows; uses: Uses },
): (reach: Id, server: Id, tier: Tier) => { readonly MBps: number; readonly upS: number } | null {
  const zeroS = firstStartOf(night);
  const rateOf = (list: readonly Use[]) =>
    list.reduce(
      (least, u) => (u.feature === 'MB' ? Math.min(least, rows.all[u.row]!.supply.peak / u.each) : least),
      Infinity,
    );
  const byProxy = remember((p: Id, tier: Tier) =>
    Math.min(
      rateOf(uses.ofProxy(job.id, p, tier)),
      maxOf(facts.agentsOf(p), (a) => rateOf(uses.ofAgent(job.id, p, a))) ?? 0,
    ),
  );
  const byPlace = remember((server: Id, tier: Tier, reach: Id) => {
    const proxies = facts.candidates(reach, tier);
    if (proxies.length === 0) return null;
    const MBps = maxOf(proxies, (p) =>
      Math.min(byProxy(p, tier), rateOf(uses.ofPlace(server, night.proxies[p]!.site, tier))),
    )!;
    return { MBps, upS: zeroS + Math.min(...proxies.map((p) => night.proxies[p]!.bootS ?? 0)) };
  });
  return (reach, server, tier) => byPlace(server, tier, reach);
}

const { streamS } = features;

/** Removing a snapshot reads its delta and writes it. */
const passes = 2;

/** How the delta of a VM spreads over its devices. */
function weightsOf(vm: Vm): [device: Id, weight: number][] {
  const usedMB = sumOf(vm.disks, (d) => d.usedMB);
  return [...groupBy(vm.disks, (d) => d.device)]
    .map(([device, disks]): [Id, number] => [
      device,
      sumOf(disks, (d) => (usedMB === 0 ? 1 / vm.disks.length : d.usedMB / usedMB)),
    ])
    .filter(([, weight]) => weight > 0);
}

const secondsOf = (MB: number, MBps: number): number => (MB > 0 ? MB / MBps : 0);
