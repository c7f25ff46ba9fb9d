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

function createReaches(
  access: Access,
  { servers, proxies }: Pick<Night, 'servers' | 'proxies'>,
  usable: (proxy: Id) => boolean,
): Reaches {
  const byPlace = new Map<string, Id>();
  const byTiers = new Map<string, Id>();
  const tiers: Uint8Array[] = [];
  const lists: (readonly Id[])[][] = [];

  function classOf(server: Id, stores: readonly Id[]): Id {
    const row = Uint8Array.from(proxies, (_, p) => (usable(p) ? access.tier(server, stores, p) : 0));
    const signature = row.join('');
    const known = byTiers.get(signature);
    if (known !== undefined) return known;
    byTiers.set(signature, tiers.length);
    tiers.push(row);
    lists.push([1, 2, 3, 4].map((t) => Object.freeze([...row.keys()].filter((p) => row[p] === t))));
    return tiers.length - 1;
  }

  return {
    of(server, stores) {
      // all that a tier follows from: an estate has fewer such places than servers
      const { site, hypervisor } = servers[server]!;
      const place = `${site} ${stores.map(access.storeClass).join(',')} ${hypervisor}`;
      let reach = byPlace.get(place);
      if (reach === undefined) byPlace.set(place, (reach = classOf(server, stores)));
      return reach;
    },
    tier: (reach, proxy) => tiers[reach]![proxy]! as Tier,
    candidates: (reach, tier) => lists[reach]![tier - 1] ?? none,
    count: () => tiers.length,
  };
}

/** One list object per distinct content: units that stand alike share it. */
function createInterner(): (ids: Iterable<Id>) => readonly Id[] {
  const lists = new Map<string, readonly Id[]>();
  return (ids) => {
    const list = [...new Set(ids)].toSorted((a, b) => a - b);
    const key = list.join(',');
    const known = lists.get(key);
    if (known !== undefined) return known;
    lists.set(key, Object.freeze(list));
    return list;
  };
}

const hasWay = (access: Access, fromSite: Id, toSite: Id) =>
  fromSite === toSite || access.link(fromSite, toSite) !== null;

export function jobFactsOf(
  parts: { document: Document; night: Omit<Night, 'jobFacts'>; access: Access },
  job: Job,
  workUnit: 'vm' | 'disk',
): JobFacts {
  const { document, night, access } = parts;
  const agentsOf = night.proxies.map((p) =>
    Object.freeze(job.agents.filter((a) => hasWay(access, p.site, night.agents[a]!.site))),
  );
  const reaches = createReaches(access, night, (p) => agentsOf[p]!.length > 0);
  const intern = createInterner();
  const queues = new Map<string, Id>();
  const units: UnitFacts[] = [];

  function addUnit(vmId: Id, key: string, disks: readonly number[]): void {
    const vm = night.vms[vmId]!;
    const written = document.vms[vmId]!;
    const own = disks.map((d) => vm.disks[d]!);
    const stores = intern(own.map((d) => d.store));
    const devices = intern(own.map((d) => d.device));
    const reach = reaches.of(vm.server, stores);
    const queueKey = `${reach}|${devices.join(',')}`;
    if (!queues.has(queueKey)) queues.set(queueKey, queues.size);
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
        queue: queues.get(queueKey)!,
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
    agentsOf: (proxy: Id) => agentsOf[proxy]!,
    reachCount: reaches.count(),
    queueCount: queues.size,
    tier: (unit: Id, proxy: Id) => reaches.tier(units[unit]!.reach, proxy),
    candidates: reaches.candidates,
  });
}
