import { groupBy } from '../kit/group.ts';
import { assumptions } from './assumptions.ts';
import type { Notes } from './notes.ts';
import type { Places } from './places.ts';
import type { Store, Storage } from './storage.ts';

/** Where VMs lie whose store nobody says: a store per host, one per cluster, or so many per cluster; null = by the default. */
export type PlacementRule = 'per-host' | 'per-cluster' | number | null;

/** What is said of the rule in the document and on the screen. */
export function describeRule(rule: PlacementRule): string {
  if (rule === 'per-host') return 'per-host: one internal store per server';
  if (rule === 'per-cluster') return 'per-cluster: one SAN store per cluster';
  const stores =
    rule === null
      ? `one SAN store per ${assumptions.vmsPerStore.value} VMs of a cluster`
      : `${rule} SAN stores per cluster`;
  return `${stores}, VMs drawn among them`;
}

/**
 * Sees to it that the server of every VM mounts a store to put it on: where none is shared, makes some up by the rule.
 *
 * @param unplaced places of the servers of the VMs whose store is not known
 * @returns by server the store that such VMs get at first: which one it is in the end is drawn by the cluster seed
 */
export function makeStores(
  unplaced: readonly number[],
  rule: PlacementRule,
  { places, storage, notes }: { places: Places; storage: Storage; notes: Notes },
): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  const offer = (store: Store, place: number) => {
    for (const server of store.servers) if (!first.has(server)) first.set(server, place);
  };
  storage.stores.forEach((store, place) => {
    if (store.attachment !== 'internal') offer(store, place);
  });
  const lacking = unplaced.filter((server) => !first.has(server));
  const groups = groupBy(lacking, (server) => places.servers[server]!.group);
  for (const [group, vmServers] of groups) {
    const servers = places.servers.flatMap((server, i) => (server.group === group ? [i] : []));
    const made = inventStores(servers, vmServers.length, rule, places);
    for (const store of made) offer(store, storage.add(store));
    for (const field of ['stores.id', 'servers.stores', 'devices.attachment'])
      notes.ledger.note(field, 'assumed', `placement ${describeRule(rule)}`, made.length);
  }
  return first;
}

function inventStores(
  servers: readonly number[],
  vmCount: number,
  rule: PlacementRule,
  places: Places,
): readonly Store[] {
  const { site, cluster, id } = places.servers[servers[0]!]!;
  if (rule === 'per-host')
    return servers.map((i) => ({
      id: `${places.servers[i]!.id}-disks`,
      attachment: 'internal',
      site,
      servers: [i],
      freeMB: null,
    }));
  const count =
    rule === 'per-cluster' ? 1 : (rule ?? Math.max(1, Math.round(vmCount / assumptions.vmsPerStore.value)));
  return Array.from({ length: count }, (_, n) => ({
    id: `${cluster ?? id}-store-${n + 1}`,
    attachment: 'san',
    site,
    servers,
    freeMB: null,
  }));
}
