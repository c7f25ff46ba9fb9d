import type { Id } from '../model/facts.ts';
import type { Night, StreamLoss } from '../model/night.ts';
import type { LimitGroup } from '../model/record.ts';
import type { Efficiency, Flows, ResourceSpec } from './flows.ts';

/** Everything with a capacity, as resources of the solver; by entity id. Capacities in MB/s, of `cpu` in cores. */
export interface Resources {
  readonly device: readonly number[];
  readonly serverIn: readonly number[];
  readonly serverOut: readonly number[];
  readonly serverRead: readonly number[];
  readonly hba: readonly number[];
  readonly cpu: readonly number[];
  /** a virtual proxy's are those of its server */
  readonly nicIn: readonly number[];
  readonly nicOut: readonly number[];
  readonly link: readonly number[];
  readonly agent: readonly number[];
  readonly storage: readonly number[];
  /** by resource: where in the way it stands */
  readonly group: readonly LimitGroup[];
  /** by resource: capacity as written, before faults and production */
  readonly baseCapacity: readonly number[];
}

const loss = ({ lossPerStream, efficiencyFloor }: StreamLoss): Efficiency =>
  lossPerStream === 0 ? { kind: 'none' } : { kind: 'loss', lossPerStream, efficiencyFloor };

export function addResources(solver: Pick<Flows, 'addResource'>, night: Night): Resources {
  const group: LimitGroup[] = [];
  const baseCapacity: number[] = [];
  const addSpec = (where: LimitGroup, spec: ResourceSpec): number => {
    group.push(where);
    baseCapacity.push(spec.capacity);
    return solver.addResource(spec);
  };
  const add = (where: LimitGroup, capacity: number, efficiency: Efficiency = { kind: 'none' }): number =>
    addSpec(where, { capacity, efficiency });

  const device = night.devices.map((d) =>
    addSpec('source', { capacity: d.readMBps, efficiency: loss(d), isDevice: true }),
  );
  const serverIn = night.servers.map((s) => add('network', s.uplinkMBps));
  const serverOut = night.servers.map((s) => add('network', s.uplinkMBps));
  const serverRead = night.servers.map((s) => add('source', s.networkReadMBps));
  const hba = night.proxies.map((p) => add('proxy', p.hbaMBps));
  const cpu = night.proxies.map((p) =>
    add('proxy', p.cpus, { kind: 'comfort', comfortable: p.comfortableStreams, floor: p.overloadFloor }),
  );
  const nic = (ofServer: readonly number[]) =>
    night.proxies.map((p) => (p.server === null ? add('proxy', p.nicMBps!) : ofServer[p.server]!));
  const nicIn = nic(serverIn);
  const nicOut = nic(serverOut);
  const link = night.links.map((l) => add('network', l.MBps));
  const agent = night.agents.map((a) => add('target', a.nicMBps, loss(a)));
  const storage = night.secondaryStorage.map((s) => add('target', s.writeMBps, loss(s)));
  return {
    device,
    serverIn,
    serverOut,
    serverRead,
    hba,
    cpu,
    nicIn,
    nicOut,
    link,
    agent,
    storage,
    group,
    baseCapacity,
  };
}

/** The resources that an entity of the document stands for: what a slowdown of it slows. */
export function resourcesOf(night: Night, r: Resources, entity: string, id: Id): readonly number[] {
  const table: Record<string, () => readonly number[]> = {
    device: () => [r.device[id]!],
    store: () => [r.device[night.stores[id]!.device]!],
    server: () => [r.serverIn[id]!, r.serverOut[id]!, r.serverRead[id]!],
    proxy: () => [
      r.hba[id]!,
      r.cpu[id]!,
      ...(night.proxies[id]!.server === null ? [r.nicIn[id]!, r.nicOut[id]!] : []),
    ],
    agent: () => [r.agent[id]!],
  };
  return table[entity]!();
}
