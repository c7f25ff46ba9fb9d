import type { Tier } from '../model/access.ts';
import type { Id, JobFacts, UnitFacts } from '../model/facts.ts';
import type { Disk, Job, Night } from '../model/night.ts';
import type { Document } from '../model/document/document.ts';
import type { Access } from './access.ts';

// What a job's strategy is told: its units, and which proxies reach them. Units that stand alike share a reach,
// so that nothing here is a matrix of VMs x proxies.

interface Reaches {
  /** class of (server, stores); classes with equal tiers to every proxy are one */
  of(server: Id, stores: readonly Id[]): Id;
  tier(reach: Id, proxy: Id): Tier;
  candidates(reach: Id, tier: Tier): readonly Id[];
  count(): number;
}

/** What a document says of a VM for strategies alone. */
export type VmMarks = Pick<UnitFacts, 'poweredOn' | 'priority' | 'lastResult'>;

/** By VM; those who are told the same share it. */
export function marksOf({ vms }: Document): VmMarks[] {
  const known = new Map<string, VmMarks>();
  return vms.map(({ poweredOn, priority, lastResult }) => {
    const key = `${poweredOn} ${priority} ${lastResult}`;
    let marks = known.get(key);
    if (marks === undefined) known.set(key, (marks = { poweredOn, priority, lastResult }));
    return marks;
  });
}

const none: readonly Id[] = Object.freeze([]);

function createReaches(access: Access, servers: Night['servers'], usable: (proxy: Id) => boolean): Reaches {
  const byTiers = new Map<string, Id>();
  const tiers: ReadonlyMap<Id, Tier>[] = [];
  const lists: (readonly Id[])[][] = [];
  // all that a tier follows from, of the server and of the stores: an estate has fewer of either than it has servers
  const numberOfServer = createNumbering();
  const numberOfStores = createNumbering();
  const reachOf: Id[][] = [];

  function classOf(server: Id, stores: readonly Id[]): Id {
    const row = new Map<Id, Tier>();
    for (const p of access.near(server, stores)) {
      const tier = usable(p) ? access.tier(server, stores, p) : 0;
      if (tier > 0) row.set(p, tier);
    }
    const signature = [...row].join(' ');
    const known = byTiers.get(signature);
    if (known !== undefined) return known;
    byTiers.set(signature, tiers.length);
    tiers.push(row);
    lists.push([1, 2, 3, 4].map((t) => Object.freeze([...row.keys()].filter((p) => row.get(p) === t))));
    return tiers.length - 1;
  }

  const standing: Id[] = [];
  function standingOf(server: Id): Id {
    const { site, hypervisor } = servers[server]!;
    return (standing[server] ??= numberOfServer(`${site} ${hypervisor}`));
  }

  /** stores as servers see them, worked out once for each list */
  const classesOf = new Map<readonly Id[], Id>();
  function storeClasses(stores: readonly Id[]): Id {
    let classes = classesOf.get(stores);
    if (classes === undefined)
      classesOf.set(stores, (classes = numberOfStores(stores.map(access.storeClass).join(','))));
    return classes;
  }

  return {
    of(server, stores) {
      const reaches = (reachOf[standingOf(server)] ??= []);
      return (reaches[storeClasses(stores)] ??= classOf(server, stores));
    },
    tier: (reach, proxy) => tiers[reach]!.get(proxy) ?? 0,
    candidates: (reach, tier) => lists[reach]![tier - 1] ?? none,
    count: () => tiers.length,
  };
}

/** Numbers by first sight. */
function createNumbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    let number = numbers.get(name);
    if (number === undefined) numbers.set(name, (number = numbers.size));
    return number;
  };
}

/** Distinct ids of disks, ascending: one list object per distinct content, so that units that stand alike share it. */
function createInterner(idOf: (disk: Disk) => Id): (disks: readonly Disk[]) => readonly Id[] {
  const ofOne: (readonly Id[])[] = [];
  const ofMany = new Map<string, readonly Id[]>();
  return (disks) => {
    const first = idOf(disks[0]!);
    if (disks.every((disk) => idOf(disk) === first)) return (ofOne[first] ??= Object.freeze([first]));
    const list = [...new Set(disks.map(idOf))].toSorted((a, b) => a - b);
    const key = list.join(',');
    const known = ofMany.get(key);
    if (known !== undefined) return known;
    ofMany.set(key, Object.freeze(list));
    return list;
  };
}

const hasWay = (access: Access, fromSite: Id, toSite: Id) =>
  fromSite === toSite || access.link(fromSite, toSite) !== null;

/** Proxies of one site share their list. */
function createAgentsOf(
  { proxies, agents }: Pick<Night, 'proxies' | 'agents'>,
  access: Access,
  job: Job,
): (proxy: Id) => readonly Id[] {
  const bySite: (readonly Id[])[] = [];
  const listOf = (site: Id) => Object.freeze(job.agents.filter((a) => hasWay(access, site, agents[a]!.site)));
  return (proxy) => {
    const { site } = proxies[proxy]!;
    return (bySite[site] ??= listOf(site));
  };
}

/** Queues by first sight of their reach and their list of devices, which are interned. */
function createQueueNumbers() {
  const byReach: Map<readonly Id[], Id>[] = [];
  let count = 0;
  return {
    count: () => count,
    number(reach: Id, devices: readonly Id[]): Id {
      const queues = (byReach[reach] ??= new Map());
      let queue = queues.get(devices);
      if (queue === undefined) queues.set(devices, (queue = count++));
      return queue;
    },
  };
}

export function jobFactsOf(
  parts: { marks: readonly VmMarks[]; night: Omit<Night, 'jobFacts'>; access: Access },
  job: Job,
  workUnit: 'vm' | 'disk',
): JobFacts {
  const { marks, night, access } = parts;
  const agentsOf = createAgentsOf(night, access, job);
  const reaches = createReaches(access, night.servers, (p) => agentsOf(p).length > 0);
  const storesOf = createInterner((disk) => disk.store);
  const devicesOf = createInterner((disk) => disk.device);
  const queueOf = createQueueNumbers();
  const units: UnitFacts[] = [];

  function addUnit(vmId: Id, key: string, disks: readonly number[]): void {
    const vm = night.vms[vmId]!;
    const { poweredOn, priority, lastResult } = marks[vmId]!;
    const own = disks.length === vm.disks.length ? vm.disks : disks.map((d) => vm.disks[d]!);
    const stores = storesOf(own);
    const devices = devicesOf(own);
    const reach = reaches.of(vm.server, stores);
    units.push(
      Object.freeze({
        id: units.length,
        vm: vmId,
        key,
        server: vm.server,
        poweredOn,
        priority,
        lastResult,
        allocatedMB: own.reduce((sum, d) => sum + d.allocatedMB, 0),
        toMoveMB: own.reduce((sum, d) => sum + d.toMoveMB, 0),
        disks,
        stores,
        devices,
        reach,
        queue: queueOf.number(reach, devices),
      }),
    );
  }

  // by count and by place, shared as the other lists are
  const allDisks: (readonly number[])[] = [];
  const oneDisk: (readonly number[])[] = [];
  for (const vm of job.vms) {
    const { key, disks } = night.vms[vm]!;
    if (workUnit === 'vm') addUnit(vm, key, (allDisks[disks.length] ??= Object.freeze([...disks.keys()])));
    else for (const d of disks.keys()) addUnit(vm, `${key}#${d}`, (oneDisk[d] ??= Object.freeze([d])));
  }
  return Object.freeze({
    id: job.id,
    name: job.name,
    priority: job.priority,
    kind: job.kind,
    streams: job.streams,
    streamsPerVm: job.streamsPerVm,
    startS: job.startS,
    windowEndS: job.windowEndS,
    units: Object.freeze(units),
    agents: job.agents,
    agentsOf,
    reachCount: reaches.count(),
    queueCount: queueOf.count(),
    tier: (unit: Id, proxy: Id) => reaches.tier(units[unit]!.reach, proxy),
    candidates: reaches.candidates,
  });
}
