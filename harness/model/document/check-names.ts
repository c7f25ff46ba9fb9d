import type { Document } from './document.ts';
import type { Check } from './problem.ts';

/** What can be named in a document, by the word that messages use. */
export const kinds = {
  site: (d: Document) => ({ list: 'sites', field: 'id', names: d.sites.map(idOf) }),
  'management server': (d: Document) => ({
    list: 'managementServers',
    field: 'id',
    names: d.managementServers.map(idOf),
  }),
  device: (d: Document) => ({ list: 'devices', field: 'id', names: d.devices.map(idOf) }),
  store: (d: Document) => ({ list: 'stores', field: 'id', names: d.stores.map(idOf) }),
  server: (d: Document) => ({ list: 'servers', field: 'id', names: d.servers.map(idOf) }),
  VM: (d: Document) => ({ list: 'vms', field: 'key', names: d.vms.map((vm) => vm.key) }),
  proxy: (d: Document) => ({ list: 'proxies', field: 'id', names: d.proxies.map(idOf) }),
  'media agent': (d: Document) => ({ list: 'agents', field: 'id', names: d.agents.map(idOf) }),
  'secondary storage': (d: Document) => ({
    list: 'secondaryStorage',
    field: 'id',
    names: d.secondaryStorage.map(idOf),
  }),
  policy: (d: Document) => ({ list: 'policies', field: 'id', names: d.policies.map(idOf) }),
  job: (d: Document) => ({ list: 'jobs', field: 'id', names: d.jobs.map(idOf) }),
} as const;
export type KindName = keyof typeof kinds;

const idOf = (thing: { readonly id: string }) => thing.id;

/** Ids are unique among their kind, and so are the keys of VMs. */
export const checkNames: Check = (document, report) => {
  for (const [kind, of] of Object.entries(kinds)) {
    const { list, field, names } = of(document);
    if (new Set(names).size === names.length) continue;
    const first = new Map<string, number>();
    names.forEach((name, place) => {
      const before = first.get(name);
      if (before === undefined) first.set(name, place);
      else
        report(
          [list, place, field],
          `${kind} "${name}" is already at ${list}[${before}]; give it another ${field}`,
        );
    });
  }
};
