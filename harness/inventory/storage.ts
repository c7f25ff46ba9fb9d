import { groupBy } from '../kit/group.ts';
import { createIds } from './names.ts';
import type { Notes } from './notes.ts';
import type { Places, Server } from './places.ts';
import type { StoreRow } from './store-rows.ts';

export interface Store {
  readonly id: string;
  readonly attachment: 'san' | 'nas' | 'internal';
  readonly site: string;
  /** places of the servers that mount it, ascending; an internal one: just one */
  readonly servers: readonly number[];
  readonly freeMB: number | null;
}

export interface Storage {
  readonly stores: Store[];
  /** by site and name of the store in the export: its place in `stores` */
  find(site: string, name: string): number;
  /** a store that the importer makes up */
  add(store: Store): number;
}

/** @param uses which server has a VM on which store of the export, in order of the VMs */
export function findStorage(
  uses: readonly { readonly server: number; readonly store: string }[],
  rows: readonly StoreRow[],
  places: Places,
  notes: Notes,
): Storage {
  const rowsOf = groupBy(rows, (row) => row.name);
  const users = new Map<string, { site: string; name: string; servers: Set<number> }>();
  for (const { server, store } of uses) {
    const { site } = places.servers[server]!;
    const known = users.get(`${site}\n${store}`) ?? { site, name: store, servers: new Set<number>() };
    known.servers.add(server);
    users.set(`${site}\n${store}`, known);
  }
  const ids = createIds();
  const stores: Store[] = [];
  const placeOf = new Map<string, number>();
  const add = (key: string, name: string, store: Omit<Store, 'id'>) => {
    placeOf.set(key, stores.length);
    return stores.push({ ...store, id: ids.idOf(key, name, store.site) }) - 1;
  };
  const taken = new Set<StoreRow>();
  for (const [key, use] of users) {
    const row = pickRow(rowsOf.get(use.name) ?? [], use.servers, places.servers);
    if (row !== null) taken.add(row);
    add(key, use.name, attach(use.name, row, use.servers, places.servers));
  }
  for (const row of rows.filter((r) => !taken.has(r))) {
    const mounting = new Set(places.servers.flatMap((server, i) => (mounts(row, server) ? [i] : [])));
    if (mounting.size === 0) notes.skipped.add('data stores of vDatastore that no server in use mounts');
    else add(`\n${row.name}`, row.name, attach(row.name, row, mounting, places.servers));
  }
  noteStores(stores, rows, notes);
  return {
    stores,
    find: (site, name) => placeOf.get(`${site}\n${name}`)!,
    add: (store) => add(`\n\n${store.id}`, store.id, store),
  };
}

const mounts = (row: StoreRow, server: Server) =>
  server.host !== null && (row.hosts?.includes(server.host.toLowerCase()) ?? false);

/** Of several rows of one name the one that a server in use mounts: names are unique in a datacenter, not beyond. */
function pickRow(
  rows: readonly StoreRow[],
  users: ReadonlySet<number>,
  servers: readonly Server[],
): StoreRow | null {
  return rows.find((row) => [...users].some((i) => mounts(row, servers[i]!))) ?? rows[0] ?? null;
}

function attach(
  name: string,
  row: StoreRow | null,
  users: ReadonlySet<number>,
  servers: readonly Server[],
): Omit<Store, 'id'> {
  const { site } = servers[[...users][0]!]!;
  const freeMB = row?.freeMB ?? null;
  const listed = servers.flatMap((server, i) => (row !== null && mounts(row, server) ? [i] : []));
  const isAlone = users.size === 1 && listed.length <= 1;
  if (isAlone && isLocal(name, row)) return { attachment: 'internal', site, servers: [...users], freeMB };
  const groups = new Set([...users].map((i) => servers[i]!.group));
  const shared = servers.flatMap((server, i) => (groups.has(server.group) ? [i] : []));
  const all = new Set([...users, ...(listed.length > 0 ? listed : shared)]);
  return {
    attachment: networked(name, row) ? 'nas' : 'san',
    site,
    servers: [...all].toSorted((a, b) => a - b),
    freeMB,
  };
}

/** A block store that one host alone mounts, or that is called as the installer calls a host's own disks. */
function isLocal(name: string, row: StoreRow | null): boolean {
  if (networked(name, row)) return false;
  const hostCount = row?.hostCount ?? row?.hosts?.length ?? null;
  return hostCount === null ? /local|^datastore\s?\d*( \(\d+\))?$/iu.test(name) : hostCount === 1;
}

/** NFS, and what has no SAN path for a backup: vSAN and virtual volumes (domain.md 1.2). */
function networked(name: string, row: StoreRow | null): boolean {
  const type = row?.type ?? null;
  return type === null ? /nfs|(^|[^a-z])nas([^a-z]|$)/iu.test(name) : /NFS|VSAN|VVOL/u.test(type);
}

function noteStores(stores: readonly Store[], rows: readonly StoreRow[], { ledger }: Notes): void {
  if (stores.length === 0) return;
  const told = rows.length > 0;
  ledger.note('stores.id', 'read', 'the names in brackets in paths, and vDatastore', stores.length);
  ledger.note(
    'stores.freeMB',
    told ? 'read' : 'assumed',
    told ? 'vDatastore column Free' : 'not known',
    stores.length,
  );
  const how = told
    ? 'vDatastore column Type: NFS, vSAN and vVol by LAN; VMFS of one host internal, else SAN'
    : 'SAN, but for names as "nfs" or "local"';
  ledger.note('devices.attachment', told ? 'derived' : 'assumed', how, stores.length);
  const byHosts = rows.some((row) => row.hosts !== null);
  const mounted = byHosts
    ? 'vDatastore column Hosts, and where VMs lie'
    : 'all servers of a cluster that has VMs on the store';
  ledger.note('servers.stores', 'derived', mounted, stores.length);
}
