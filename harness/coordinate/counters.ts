import type { ClusterFacts } from '../model/facts.ts';
import type { ServiceEntity, StreamNotice } from '../model/strategy.ts';
import { tierOf } from '../model/access.ts';
import { createSlots } from './slots.ts';
import { createVmReaders } from './vm-readers.ts';

/** Streams and service by entity, over all jobs. One set is the coordinator's own; each view has a mirror of it. */
export interface Counters {
  readonly proxies: { active: Int32Array; limit: Int32Array; inService: Uint8Array };
  readonly devices: { active: Int32Array; inService: Uint8Array };
  readonly stores: { active: Int32Array; openSnapshots: Int32Array; inService: Uint8Array };
  readonly servers: { active: Int32Array; networkStreams: Int32Array; inService: Uint8Array };
  readonly agents: { active: Int32Array; limit: Int32Array; inService: Uint8Array };
  /** @returns the slots free on these media agents together; an agent out of service has none */
  sumSlots(agents: readonly number[]): () => number;
  /** @returns the most slots free on one of these media agents; of one list always the same function */
  mostSlots(agents: readonly number[]): () => number;
  open(stream: StreamNotice): void;
  close(stream: StreamNotice): void;
  setService(entity: ServiceEntity, id: number, inService: boolean): void;
}

const through: readonly number[] = [tierOf('network'), tierOf('complex')];

export function createCounters(facts: ClusterFacts): Counters {
  const zeros = (list: readonly unknown[]) => new Int32Array(list.length);
  const ones = (list: readonly unknown[]) => new Uint8Array(list.length).fill(1);
  const proxies = {
    active: zeros(facts.proxies),
    limit: Int32Array.from(facts.proxies, (p) => p.limit),
    inService: ones(facts.proxies),
  };
  const devices = { active: zeros(facts.devices), inService: ones(facts.devices) };
  const stores = {
    active: zeros(facts.stores),
    openSnapshots: zeros(facts.stores),
    inService: ones(facts.stores),
  };
  const servers = {
    active: zeros(facts.servers),
    networkStreams: zeros(facts.servers),
    inService: ones(facts.servers),
  };
  const agents = {
    active: zeros(facts.agents),
    limit: Int32Array.from(facts.agents, (a) => a.maxStreams),
    inService: ones(facts.agents),
  };
  const byEntity = { proxy: proxies, device: devices, store: stores, server: servers };
  const readers = createVmReaders();
  const slotsFree = (a: number) => (agents.inService[a] === 1 ? agents.limit[a]! - agents.active[a]! : 0);
  const slots = createSlots(slotsFree);

  function changeAgent(agent: number, active: number, inService: number): void {
    const before = slotsFree(agent);
    agents.active[agent] = active;
    agents.inService[agent] = inService;
    slots.changed(agent, before);
  }

  /** @param others open at the same VM: they share its snapshots, which the first opens and the last removes */
  function count(s: StreamNotice, sign: 1 | -1, others: readonly StreamNotice[]): void {
    const change = sign * s.streams;
    proxies.active[s.proxy]! += change;
    changeAgent(s.agent, agents.active[s.agent]! + change, agents.inService[s.agent]!);
    servers.active[s.server]! += change;
    if (through.includes(s.tier)) servers.networkStreams[s.server]! += change;
    for (let i = 0; i < s.devices.length; i++) devices.active[s.devices[i]!]! += sign * s.deviceStreams[i]!;
    for (let i = 0; i < s.stores.length; i++) {
      const store = s.stores[i]!;
      stores.active[store]! += change;
      if (others.length === 0 || !others.some((other) => other.stores.includes(store)))
        stores.openSnapshots[store]! += sign;
    }
  }

  return {
    proxies,
    devices,
    stores,
    servers,
    agents,
    sumSlots: slots.sum,
    mostSlots: slots.most,
    open: (stream) => count(stream, 1, readers.enter(stream)),
    close: (stream) => count(stream, -1, readers.leave(stream)),
    setService(entity, id, inService) {
      if (entity === 'agent') changeAgent(id, agents.active[id]!, Number(inService));
      else byEntity[entity].inService[id] = Number(inService);
    },
  };
}

const groups = ['proxies', 'devices', 'stores', 'servers', 'agents'] as const;

/** Numbers in a set: so long it takes to compare two. */
export const sizeOf = (counters: Counters): number =>
  groups.reduce(
    (sum, group) => sum + Object.values(counters[group]).reduce((n, list) => n + list.length, 0),
    0,
  );

/** The first place where two sets differ, as "proxies.active[3] is 2, should be 1"; null = equal. */
export function findDifference(mirror: Counters, own: Counters): string | null {
  for (const group of groups)
    for (const [field, right] of Object.entries(own[group]) as [string, ArrayLike<number>][]) {
      const seen = (mirror[group] as unknown as Record<string, ArrayLike<number>>)[field]!;
      const difference = differenceOf(`${group}.${field}`, seen, right);
      if (difference !== null) return difference;
    }
  return null;
}

/** A loop: it goes over all that is counted, again and again. */
export function differenceOf(name: string, seen: ArrayLike<number>, right: ArrayLike<number>): string | null {
  for (let i = 0; i < right.length; i++)
    if (seen[i] !== right[i]) return `${name}[${i}] is ${seen[i]}, should be ${right[i]}`;
  return null;
}
