import { cleanName, createIds } from './names.ts';
import type { Notes } from './notes.ts';
import type { Sheets } from './read-sheets.ts';
import { openTable } from './table.ts';
import type { VmRow } from './vm-rows.ts';

/** A VM server, as found in the Host column of vInfo. */
export interface Server {
  readonly id: string;
  /** the host's name in the export; null = the server is assumed */
  readonly host: string | null;
  readonly site: string;
  readonly cluster: string | null;
  readonly managementServer: string;
  /** servers of one group share their stores: those of a cluster, or one alone */
  readonly group: string;
}

export interface Places {
  readonly sites: readonly string[];
  readonly managementServers: readonly string[];
  readonly servers: readonly Server[];
  /** by VM: its place in `servers` */
  readonly serverOf: readonly number[];
}

/** Sites, management servers and VM servers, in the order in which the VMs name them. vHost only fills in what is missing. */
export function findPlaces(vms: readonly VmRow[], sheets: Sheets, notes: Notes): Places {
  const facts = hostFacts(vms, sheets, notes);
  const datacenters = new Set(vms.map((vm) => vm.datacenter).filter((name) => name !== null));
  const onlyDatacenter = datacenters.size === 1 ? [...datacenters][0]! : null;
  const ids = { site: createIds(), cluster: createIds(), server: createIds() };
  const servers = new Map<string, Server>();
  const order = new Map<string, number>();
  const serverOf = vms.map((vm) => {
    const known = facts.get(lower(vm.host));
    const datacenter = vm.datacenter ?? known?.datacenter ?? onlyDatacenter;
    const cluster = vm.cluster ?? known?.cluster ?? null;
    const site = ids.site.idOf(datacenter ?? '', datacenter ?? 'site-1', null);
    const key = JSON.stringify([site, vm.host ?? ['cluster', cluster]]);
    noteServer(vm, { datacenter, cluster }, notes);
    if (!servers.has(key)) {
      const clusterId = cluster === null ? null : ids.cluster.idOf(`${site}\n${cluster}`, cluster, site);
      const id = ids.server.idOf(key, vm.host ?? `${clusterId ?? site}-host`, site);
      const group = clusterId ?? `\n${id}`;
      const managementServer = vm.manager ?? 'vcenter-1';
      order.set(key, servers.size);
      servers.set(key, { id, host: vm.host, site, cluster: clusterId, managementServer, group });
    }
    return order.get(key)!;
  });
  const list = [...servers.values()];
  const distinct = (of: (server: Server) => string) => [...new Set(list.map(of))];
  return {
    sites: distinct((s) => s.site),
    managementServers: distinct((s) => s.managementServer),
    servers: list,
    serverOf,
  };
}

const lower = (name: string | null) => (name ?? '').toLowerCase();

interface HostFacts {
  datacenter: string | null;
  cluster: string | null;
}

function hostFacts(vms: readonly VmRow[], sheets: Sheets, notes: Notes): ReadonlyMap<string, HostFacts> {
  const facts = new Map<string, HostFacts>();
  for (const vm of vms) {
    if (vm.host === null) continue;
    const known = facts.get(lower(vm.host)) ?? { datacenter: null, cluster: null };
    known.datacenter ??= vm.datacenter;
    known.cluster ??= vm.cluster;
    facts.set(lower(vm.host), known);
  }
  const table = openTable(sheets, 'vHost', notes.problems);
  for (const row of table.rows) {
    const known = facts.get(lower(table.text(row, 'host')));
    if (known === undefined) notes.skipped.add('hosts of vHost that no VM of vInfo runs on');
    else {
      known.datacenter ??= nameOf(table.text(row, 'datacenter'));
      known.cluster ??= nameOf(table.text(row, 'cluster'));
    }
  }
  return facts;
}

const nameOf = (text: string | null) => (text === null ? null : cleanName(text));

function noteServer(vm: VmRow, found: HostFacts, { ledger }: Notes): void {
  const said = (field: string, column: string, own: string | null, value: string | null) => {
    if (own !== null) ledger.note(field, 'read', `vInfo column ${column}`);
    else if (value !== null) ledger.note(field, 'derived', `column ${column} of other VMs or of vHost`);
    return own !== null || value !== null;
  };
  if (vm.host === null)
    ledger.note('vms.server', 'assumed', 'one server per cluster, as the export names no host');
  else ledger.note('vms.server', 'read', 'vInfo column Host');
  if (vm.host === null)
    ledger.note('servers.id', 'assumed', 'one server per cluster, as the export names no host');
  else ledger.note('servers.id', 'read', 'vInfo column Host');
  for (const field of ['sites.id', 'servers.site'])
    if (!said(field, 'Datacenter', vm.datacenter, found.datacenter))
      ledger.note(field, 'assumed', 'one site, as the export names no datacenter');
  if (!said('servers.cluster', 'Cluster', vm.cluster, found.cluster))
    ledger.note('servers.cluster', 'assumed', 'none, as the export names none');
  for (const field of ['managementServers.id', 'servers.managementServer'])
    if (vm.manager === null) ledger.note(field, 'assumed', 'one, as the export names none');
    else ledger.note(field, 'read', 'vInfo column VI SDK Server');
}
