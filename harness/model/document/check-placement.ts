import type { Document } from './document.ts';
import { type Check, listNames } from './problem.ts';
import { mediaDefaults } from './storage.ts';

/** A VM's disks are on stores that its server mounts. */
export const checkDisks: Check = (document, report) => {
  const mounted = new Map(document.servers.map((server) => [server.id, new Set(server.stores)]));
  const known = new Set(document.stores.map((store) => store.id));
  for (const [i, vm] of document.vms.entries()) {
    const stores = mounted.get(vm.server);
    if (stores === undefined) continue;
    let sound: string | null = null; // most VMs lie on one store
    for (const [n, { store }] of vm.disks.entries()) {
      if (store === sound) continue;
      if (stores.has(store)) sound = store;
      else if (known.has(store))
        report(
          ['vms', i, 'disks', n, 'store'],
          `server "${vm.server}" of VM "${vm.key}" does not mount store "${store}"; expected one that it mounts: ${listNames(stores)}`,
        );
    }
  }
};

/** Stores inside a server are mounted by no other. */
export const checkInternalStores: Check = (document, report) => {
  const insideOf = internalStores(document);
  for (const [i, server] of document.servers.entries())
    for (const [n, store] of server.stores.entries()) {
      const owner = insideOf.get(store);
      if (owner !== undefined && owner !== server.id)
        report(
          ['servers', i, 'stores', n],
          `store "${store}" is on a device inside server "${owner}"; only that server can mount it`,
        );
    }
};

/** By store, the server that its device is inside of. */
function internalStores(document: Document): Map<string, string> {
  const servers = new Set(document.servers.map((server) => server.id));
  const owners = new Map<string, string>();
  for (const { id, attachment } of document.devices)
    if (attachment.kind === 'internal' && servers.has(attachment.server)) owners.set(id, attachment.server);
  const stores = new Map<string, string>();
  for (const { id, device } of document.stores) {
    const owner = owners.get(device);
    if (owner !== undefined) stores.set(id, owner);
  }
  return stores;
}

/** Links join two different sites, and no two sites are joined twice. */
export const checkLinks: Check = (document, report) => {
  const first = new Map<string, number>();
  for (const [i, { between }] of document.links.entries()) {
    const [a, b] = between;
    if (a === b) report(['links', i, 'between', 1], `links site "${a}" to itself; expected another site`);
    const ends = JSON.stringify(between.toSorted());
    const before = first.get(ends);
    if (before === undefined) first.set(ends, i);
    else
      report(
        ['links', i, 'between'],
        `"${a}" and "${b}" are already linked by links[${before}]; expected one link between two sites, it serves both directions`,
      );
  }
};

/** Production leaves something of a device at some hour. */
export const checkProduction: Check = (document, report) => {
  for (const [i, device] of document.devices.entries()) {
    const readMBps = device.readMBps ?? mediaDefaults[device.media].readMBps;
    const taken = device.production.MBps;
    const leastMBps = typeof taken === 'number' ? taken : Math.min(...taken);
    if (leastMBps >= readMBps)
      report(
        ['devices', i, 'production', 'MBps'],
        `production takes at least ${leastMBps} MB/s at every hour, and device "${device.id}" reads ${readMBps} MB/s; expected less in some hour, so that something is left for backups`,
      );
  }
};
