import type { ClusterFacts } from '../model/facts.ts';
import type { ServiceEntity, StreamNotice } from '../model/strategy.ts';
import { tierOf } from '../model/access.ts';
import { createSlots } from './slots.ts';

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
  /** attempts at one VM that read a store share its snapshot there: only the first opens it, only the last removes it */
  const snapshots = new Map<number, number>();
  const slotsFree = (a: number) => (agents.inService[a] === 1 ? agents.limit[a]! - agents.active[a]! : 0);
  const slots = createSlots(slotsFree);

  function changeAgent(agent: number, active: number, inService: number): void {
    const before = slotsFree(agent);
    agents.active[agent] = active;
    agents.inService[agent] = inService;
    slots.changed(agent, before);
  }

  function count(s: StreamNotice, sign: 1 | -1): void {
    proxies.active[s.proxy]! += sign * s.streams;
    changeAgent(s.agent, agents.active[s.agent]! + sign * s.streams, agents.inService[s.agent]!);
    servers.active[s.server]! += sign * s.streams;
    if (through.includes(s.tier)) servers.networkStreams[s.server]! += sign * s.streams;
    s.devices.forEach((d, i) => (devices.active[d]! += sign * s.deviceStreams[i]!));
    for (const store of s.stores) {
      stores.active[store]! += sign * s.streams;
      countSnapshot(s.vm * facts.stores.length + store, store, sign);
    }
  }

  function countSnapshot(key: number, store: number, sign: 1 | -1): void {
    const users = (snapshots.get(key) ?? 0) + sign;
    if (users === 0) snapshots.delete(key);
    else snapshots.set(key, users);
    if (users === (sign === 1 ? 1 : 0)) stores.openSnapshots[store]! += sign;
  }

  return {
    proxies,
    devices,
    stores,
    servers,
    agents,
    sumSlots: slots.sum,
    mostSlots: slots.most,
    open: (stream) => count(stream, 1),
    close: (stream) => count(stream, -1),
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
      const at = Array.prototype.findIndex.call(right, (value, i) => seen[i] !== value);
      if (at >= 0) return `${group}.${field}[${at}] is ${seen[at]}, should be ${right[at]}`;
    }
  return null;
}
