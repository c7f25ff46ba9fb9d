import { addResources } from '../attempt/resources.ts';
import type { Flows } from '../attempt/flows.ts';
import type { Queue } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { LimitGroup } from '../model/record.ts';

/** A resource in words, as "CPUs of proxy p1". */
export interface Place {
  readonly name: string;
  readonly group: LimitGroup;
}

/** By resource of the solver. */
export function resourcePlaces(night: Night): readonly Place[] {
  let count = 0;
  const r = addResources({ addResource: () => count++ } as unknown as Flows, night);
  const names: string[] = [];
  const name = (ids: readonly number[], nameOf: (entity: number) => string) =>
    ids.forEach((id, entity) => (names[id] ??= nameOf(entity)));
  const { devices, servers, proxies, links, sites, agents, secondaryStorage } = night;
  name(r.device, (d) => `device ${devices[d]!.name}`);
  name(r.serverIn, (s) => `uplink of server ${servers[s]!.name}, in`);
  name(r.serverOut, (s) => `uplink of server ${servers[s]!.name}, out`);
  name(r.serverRead, (s) => `network reads through server ${servers[s]!.name}`);
  name(r.hba, (p) => `HBA of proxy ${proxies[p]!.name}`);
  name(r.cpu, (p) => `CPUs of proxy ${proxies[p]!.name}`);
  name(r.nicIn, (p) => `network card of proxy ${proxies[p]!.name}, in`);
  name(r.nicOut, (p) => `network card of proxy ${proxies[p]!.name}, out`);
  name(r.link, (l) => `link from ${sites[links[l]!.from]} to ${sites[links[l]!.to]}`);
  name(r.agent, (a) => `media agent ${agents[a]!.name}`);
  name(r.storage, (s) => `secondary storage ${secondaryStorage[s]!.name}`);
  return names.map((text, id) => ({ name: text, group: r.group[id]! }));
}

/** "reconfigurations of proxy p1" */
export function queueName(night: Night, { of, id }: Queue): string {
  const lists: Readonly<Record<Queue['of'], readonly { readonly name?: string; readonly key?: string }[]>> = {
    'snapshot lock of VM': night.vms,
    'open snapshots of data store': night.stores,
    'connections of server': night.servers,
    'connections of management server': night.managementServers,
    'operations of management server': night.managementServers,
    'reconfigurations of proxy': night.proxies,
    'attached disks of proxy': night.proxies,
  };
  const { name, key } = lists[of][id]!;
  return `${of} ${name ?? key}`;
}
