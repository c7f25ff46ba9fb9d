import { groupBy } from '../kit/group.ts';
import type { DocumentInput } from '../model/document/document.ts';
import { assumptions } from './assumptions.ts';
import type { SiteLoad } from './backup.ts';
import type { Ledger } from './ledger.ts';
import type { Places } from './places.ts';
import { describeRule, type PlacementRule } from './placement-rules.ts';
import type { Store } from './storage.ts';
import type { VmRow } from './vm-rows.ts';

// What was found, as entries of the document. Of optional fields only those are written that something is known of.

type VmInput = DocumentInput['vms'][number];

export function vmEntry(vm: VmRow, server: string, disks: VmInput['disks']): VmInput {
  return {
    key: vm.key,
    server,
    ...(vm.poweredOn ? {} : { poweredOn: false }),
    ...(vm.guest === null ? {} : { guest: vm.guest }),
    disks: disks.map(({ store, allocatedMB, usedMB }) => ({ store, allocatedMB, usedMB })),
  };
}

/** One zone per site: which proxies see which arrays no export says. */
const zoneOf = (site: string, places: Places) => `san-${places.sites.indexOf(site) + 1}`;

export const deviceEntries = (stores: readonly Store[], places: Places): DocumentInput['devices'] =>
  stores.map((store) => ({
    id: store.id,
    media: assumptions.media.value,
    attachment: attachmentOf(store, places),
  }));

function attachmentOf(store: Store, places: Places): DocumentInput['devices'][number]['attachment'] {
  const { attachment: kind, site } = store;
  if (kind === 'internal') return { kind, server: places.servers[store.servers[0]!]!.id };
  return kind === 'nas' ? { kind, site } : { kind, site, zones: [zoneOf(site, places)] };
}

export const storeEntries = (stores: readonly Store[]): DocumentInput['stores'] =>
  stores.map(({ id, freeMB }) => ({ id, device: id, ...(freeMB === null ? {} : { freeMB }) }));

export function serverEntries(places: Places, stores: readonly Store[]): DocumentInput['servers'] {
  const mounted = places.servers.map((): string[] => []);
  for (const store of stores) for (const server of store.servers) mounted[server]!.push(store.id);
  return places.servers.map(({ id, site, cluster, managementServer }, i) => ({
    id,
    site,
    ...(cluster === null ? {} : { cluster }),
    managementServer,
    stores: mounted[i]!,
  }));
}

export function siteLoads(
  places: Places,
  stores: readonly Store[],
  vms: DocumentInput['vms'],
): readonly SiteLoad[] {
  const usedMB = new Map<string, number>();
  for (const vm of vms) {
    const vmMB = vm.disks.reduce((sum, disk) => sum + disk.usedMB, 0);
    usedMB.set(vm.server, (usedMB.get(vm.server) ?? 0) + vmMB);
  }
  const usedOf = (servers: readonly { id: string }[]) =>
    servers.reduce((sum, server) => sum + (usedMB.get(server.id) ?? 0), 0);
  return places.sites.map((site) => {
    const servers = places.servers.filter((server) => server.site === site);
    const ids = new Set(servers.map((server) => server.id));
    const groups = [...groupBy(servers, (server) => server.group).values()];
    return {
      site,
      vmCount: vms.filter((vm) => ids.has(vm.server)).length,
      usedMB: usedOf(servers),
      sanZone: stores.some((s) => s.attachment === 'san' && s.site === site) ? zoneOf(site, places) : null,
      groups: groups.map((list) => ({ servers: list.map((server) => server.id), usedMB: usedOf(list) })),
    };
  });
}

interface Found {
  readonly vms: readonly VmRow[];
  readonly unplaced: readonly number[];
  readonly stores: readonly Store[];
  readonly rule: PlacementRule;
}

export function noteEntries({ vms, unplaced, stores, rule }: Found, ledger: Ledger): void {
  for (const v of unplaced)
    ledger.note(
      'vms.disks.store',
      'assumed',
      `placement ${describeRule(rule)}`,
      Math.max(1, vms[v]!.disks.length),
    );
  for (const { guest } of vms)
    if (guest === null) ledger.note('vms.guest', 'assumed', 'not known');
    else
      ledger.note(
        'vms.guest',
        'derived',
        'family by vInfo columns OS according to the VMware Tools, or the configuration file',
      );
  ledger.note('stores.device', 'assumed', 'one device per data store', stores.length);
  ledger.note('devices.id', 'assumed', 'one device per data store', stores.length);
  ledger.note('devices.media', 'assumed', `${assumptions.media.value}, the middle one`, stores.length);
  for (const speed of [
    'readMBps',
    'lossPerStream',
    'efficiencyFloor',
    'latencyMs',
    'latencyMsPerIo',
    'incrementalReadEfficiency',
  ])
    ledger.note(`devices.${speed}`, 'assumed', 'what the medium is like', stores.length);
  ledger.note('servers.hypervisor', 'derived', 'RVTools reads VMware estates');
}
