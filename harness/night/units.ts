import type { Tier } from '../model/access.ts';
import type { Id, JobFacts, UnitFacts } from '../model/facts.ts';
import type { Job, Night } from '../model/night.ts';
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

const none: readonly Id[] = Object.freeze([]);

function createReaches(access: Access, servers: Night['servers'], usable: (proxy: Id) => boolean): Reaches {
  const byTiers = new Map<string, Id>();
  const tiers: ReadonlyMap<Id, Tier>[] = [];
  const lists: (readonly Id[])[][] = [];
  // all that a tier follows from: an estate has fewer such places than servers
  const placeOf = createNumbering();
  const reachOf: Id[] = [];

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

  /** stores as a place sees them, worked out once for each list */
  const classesOf = new Map<readonly Id[], string>();
  function storeClasses(stores: readonly Id[]): string {
    let classes = classesOf.get(stores);
    if (classes === undefined) classesOf.set(stores, (classes = stores.map(access.storeClass).join(',')));
    return classes;
  }

  return {
    of(server, stores) {
      const { site, hypervisor } = servers[server]!;
      const place = placeOf(`${site} ${storeClasses(stores)} ${hypervisor}`);
      return (reachOf[place] ??= classOf(server, stores));
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

/** One list object per distinct content: units that stand alike share it. */
function createInterner(): (ids: readonly Id[]) => readonly Id[] {
  const ofOne: (readonly Id[])[] = [];
  const ofMany = new Map<string, readonly Id[]>();
  return (ids) => {
    const first = ids[0]!;
    if (ids.every((id) => id === first)) return (ofOne[first] ??= Object.freeze([first]));
    const list = [...new Set(ids)].toSorted((a, b) => a - b);
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
  parts: { document: Document; night: Omit<Night, 'jobFacts'>; access: Access },
  job: Job,
  workUnit: 'vm' | 'disk',
): JobFacts {
  const { document, night, access } = parts;
  const agentsOf = createAgentsOf(night, access, job);
  const reaches = createReaches(access, night.servers, (p) => agentsOf(p).length > 0);
  const intern = createInterner();
  const queueOf = createQueueNumbers();
  const units: UnitFacts[] = [];

  function addUnit(vmId: Id, key: string, disks: readonly number[]): void {
    const vm = night.vms[vmId]!;
    const written = document.vms[vmId]!;
    const own = disks.map((d) => vm.disks[d]!);
    const stores = intern(own.map((d) => d.store));
    const devices = intern(own.map((d) => d.device));
    const reach = reaches.of(vm.server, stores);
    units.push(
      Object.freeze({
        id: units.length,
        vm: vmId,
        key,
        server: vm.server,
        poweredOn: written.poweredOn,
        priority: written.priority,
        lastResult: written.lastResult,
        allocatedMB: own.reduce((sum, d) => sum + d.allocatedMB, 0),
        toMoveMB: own.reduce((sum, d) => sum + d.toMoveMB, 0),
        disks: Object.freeze(disks),
        stores,
        devices,
        reach,
        queue: queueOf.number(reach, devices),
      }),
    );
  }

  for (const vm of job.vms) {
    const { key, disks } = night.vms[vm]!;
    if (workUnit === 'vm') addUnit(vm, key, [...disks.keys()]);
    else for (const d of disks.keys()) addUnit(vm, `${key}#${d}`, [d]);
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
