import { tiers } from '../../model/access.ts';
import type { Id } from '../../model/facts.ts';
import type { Disk, Job, Night, Proxy, Vm } from '../../model/night.ts';
import { sumOf } from '../sum.ts';
import { firstStartOf } from '../tally.ts';
import { scarcities, type Bound } from './bound.ts';
import { startsOf } from './certify.ts';
import { rowsOf, type Row, type RowKind, type Rows } from './rows.ts';
import { earliestEnd } from './supply.ts';

// Bounds of nights too large to look at who reaches what: sums over all VMs, in one pass, against what each device and store,
// and all proxies, agents and storages together, can do. Every number is the least of any way and any proxy there is, of a VM
// as a whole or of its disks one by one: so these hold for every strategy.

export interface WideBounds {
  /** the longest of each name, not in order */
  readonly any: readonly Bound[];
  /** those that hold where stream limits of proxies are kept besides */
  readonly kept: readonly Bound[];
}

/** What the jobs of one start need. */
interface Work {
  readonly startS: number;
  /** by row: what each VM takes of it whatever is decided */
  readonly byRow: Float64Array;
  /** by kind of rows that share the work: what it takes of them together, by its cheapest way */
  readonly together: Record<(typeof shared)[number], number>;
}

const shared = ['cpu', 'agent', 'storage', 'agentStreams', 'proxyStreams'] as const satisfies RowKind[];
/** What cannot be given to another. */
const single: readonly RowKind[] = ['device', 'openSnapshots', 'operations', 'jobStreams'];

export function wideBounds(night: Night): WideBounds {
  const zeroS = firstStartOf(night);
  const rows = rowsOf(night, true);
  const best = bestBounds();
  const starts = startsOf(night.jobs);
  const works = starts.map((startS): Work => ({
    startS,
    byRow: new Float64Array(rows.all.length),
    together: { cpu: 0, agent: 0, storage: 0, agentStreams: 0, proxyStreams: 0 },
  }));
  for (const job of night.jobs) {
    const inTime = works.filter((w) => w.startS <= job.startS);
    const needOf = createNeeds(night, job, rows);
    for (const vm of job.vms) needOf(night.vms[vm]!, inTime, best);
  }
  const priceOf = corePrices(night);
  const isUsable = (row: Row) =>
    (row.kind !== 'cpu' && row.kind !== 'proxyStreams') || night.proxies[row.entity]!.candidate;
  for (const { startS, byRow, together } of works) {
    const endOf = (list: readonly Row[], work: number) =>
      earliestEnd(
        list.map(({ kind, entity, supply, headS, tailS }) => ({
          supply,
          price: kind === 'cpu' ? priceOf(entity) : 1,
          tailS,
          fromS: Math.max(startS, zeroS) + headS,
        })),
        work,
      );
    for (const row of rows.all)
      if (single.includes(row.kind) && byRow[row.id]! > 0)
        best.offer(row.kind, [row.entity], endOf([row], byRow[row.id]!));
    for (const kind of shared) {
      const list = rows.all.filter((row) => row.kind === kind && isUsable(row));
      if (together[kind] > 0)
        best.offer(
          kind,
          list.map((row) => row.entity),
          endOf(list, together[kind]),
        );
    }
  }
  return best.found(night, zeroS);
}

type NeedOf = (vm: Vm, works: readonly Work[], best: BestBounds) => void;

/** What a VM of the job needs at the least. */
function createNeeds(night: Night, job: Job, rows: Rows): NeedOf {
  const { snapshotCreateS, snapshotRemoveS, attachS, detachS, connectS, disconnectS } = night.overheads;
  const wayS = Math.min(attachS + detachS, connectS + disconnectS);
  const capMBps = Math.max(...tiers.map((tier) => night.streamCapMBps(tier)));
  const movers = night.proxies.filter((p) => p.candidate);
  const perCore = (p: Proxy) => (job.kind === 'full' ? p.fullMBpsPerCore : p.incrementalMBpsPerCore);
  const priceOf = corePrices(night);
  const cpuPerMB = Math.min(...movers.map((p) => priceOf(p.id) / perCore(p)));
  const fastestMBps = Math.max(...movers.map((p) => perCore(p) * rows.find('cpu', p.id)!.supply.peak));
  const bootS = Math.min(...movers.map((p) => p.bootS ?? 0));
  const readyS = Math.max(job.startS + snapshotCreateS, firstStartOf(night) + bootS);
  const sent = job.reducedAt === 'proxy' ? 1 / job.dataReduction : 1;
  const streams = rows.find('jobStreams', job.id);
  const deviceOf = (disk: Disk) => rows.find('device', disk.device)!;
  const efficiencyOf = (disk: Disk) =>
    job.kind === 'incremental' ? night.devices[disk.device]!.incrementalReadEfficiency : 1;
  const readS = (disk: Disk) =>
    disk.toMoveMB === 0
      ? 0
      : disk.toMoveMB / Math.min(capMBps, fastestMBps, deviceOf(disk).supply.peak * efficiencyOf(disk));

  return ({ key, server, disks }, works, best) => {
    const seconds = disks.map(readS);
    const totalS = sumOf(seconds, (s) => s);
    if (!(totalS < Infinity)) return; // it has no path
    const MB = sumOf(disks, (d) => d.toMoveMB);
    const streamS = snapshotCreateS + wayS + totalS + snapshotRemoveS;
    const operations = operationsOf(server);
    const longestS = Math.max(...seconds);
    best.offerVm(key, readyS + wayS + longestS + snapshotRemoveS);
    for (const { byRow, together } of works) {
      for (const [d, disk] of disks.entries()) {
        byRow[deviceOf(disk).id]! += disk.toMoveMB / efficiencyOf(disk);
        const slots = rows.find('openSnapshots', disk.store);
        // of several of its disks on a store the longest holds the slot: one of them is enough for a bound
        if (slots !== null && disks.findIndex((other) => other.store === disk.store) === d)
          byRow[slots.id]! += wayS + seconds[d]!;
      }
      if (operations !== null) byRow[operations.id]! += snapshotCreateS + snapshotRemoveS;
      if (streams !== null) byRow[streams.id]! += streamS;
      together.cpu += MB * cpuPerMB;
      together.agent += MB * sent;
      together.storage += MB / job.dataReduction;
      together.agentStreams += streamS;
      together.proxyStreams += streamS;
    }
  };

  function operationsOf(server: Id): Row | null {
    const { managementServer } = night.servers[server]!;
    return managementServer === null ? null : rows.find('operations', managementServer);
  }
}

/** What a core of a proxy is worth: the MB/s that it moves of what the night's jobs are. */
function corePrices({ jobs, proxies }: Night): (proxy: Id) => number {
  const kinds = new Set(jobs.map((job) => job.kind));
  return (id) => {
    const { fullMBpsPerCore, incrementalMBpsPerCore } = proxies[id]!;
    return Math.max(
      kinds.has('full') ? fullMBpsPerCore : 0,
      kinds.has('incremental') ? incrementalMBpsPerCore : 0,
    );
  };
}

interface BestBounds {
  offer(kind: RowKind, entities: readonly Id[], endS: number): void;
  offerVm(key: string, endS: number): void;
  found(night: Night, zeroS: number): WideBounds;
}

/** Keeps the longest of each kind of row. */
function bestBounds(): BestBounds {
  const longest = new Map<RowKind, { entities: readonly Id[]; endS: number }>();
  let vm: { key: string; endS: number } | null = null;
  return {
    offer(kind, entities, endS) {
      if (endS < Infinity && endS > (longest.get(kind)?.endS ?? 0)) longest.set(kind, { entities, endS });
    },
    offerVm(key, endS) {
      if (vm === null || endS > vm.endS) vm = { key, endS };
    },
    found(night, zeroS) {
      const boundOf = ([kind, { entities, endS }]: [
        RowKind,
        { entities: readonly Id[]; endS: number },
      ]): Bound => ({
        name: scarcities[kind].name,
        what: scarcities[kind].words(entities, night),
        seconds: endS - zeroS,
      });
      const ofVm: Bound[] =
        vm === null ? [] : [{ name: 'vm', what: `VM ${vm.key} alone`, seconds: vm.endS - zeroS }];
      const found = [...longest].filter(([, { endS }]) => endS > zeroS);
      return {
        any: [...ofVm, ...found.filter(([kind]) => kind !== 'proxyStreams').map(boundOf)],
        kept: [...ofVm, ...found.map(boundOf)],
      };
    },
  };
}
