import type { DocumentInput } from '../model/document/document.ts';
import { UserError } from '../model/errors.ts';
import { assumptions } from './assumptions.ts';
import { assumeBackup } from './backup.ts';
import { deviceEntries, noteEntries, serverEntries, siteLoads, storeEntries, vmEntry } from './entries.ts';
import type { Notes } from './notes.ts';
import { findPlaces } from './places.ts';
import { describeRule, makeStores, type PlacementRule } from './placement-rules.ts';
import type { Sheets } from './read-sheets.ts';
import { findStorage } from './storage.ts';
import { readStores } from './store-rows.ts';
import { type DiskSplit, type SizedDisk, sizeDisks } from './vm-disks.ts';
import { readVms, type VmRow } from './vm-rows.ts';

export interface EstateOptions {
  readonly placement: PlacementRule;
  readonly diskSplit: DiskSplit;
}

/** A document as written, with a ledger; its fields are still in the notes. */
export type Draft = DocumentInput & { ledger: NonNullable<DocumentInput['ledger']> };

/**
 * The estate that an export describes, whole, with everything that the export does not say. VMs of assumed placement lie on the
 * first store that they may lie on: the draw comes after the overlay.
 *
 * @throws {UserError} where cells cannot be read or no VM is left
 */
export function buildEstate(sheets: Sheets, options: EstateOptions, notes: Notes): Draft {
  const vms = readVms(sheets, notes);
  const rows = readStores(sheets, notes);
  const places = findPlaces(vms, sheets, notes);
  const disks = vms.map((vm) => sizeDisks(vm, options.diskSplit, notes.ledger));
  if (notes.problems.length > 0) throw new UserError(notes.problems);
  if (vms.length === 0) throw new UserError('sheet vInfo: no VM that can be backed up');
  const storage = findStorage(usesOf(disks, places.serverOf), rows, places, notes);
  const unplaced = vms.flatMap((_, v) => (disks[v]!.some((d) => d.store === null) ? [v] : []));
  const unplacedServers = unplaced.map((v) => places.serverOf[v]!);
  const first = makeStores(unplacedServers, options.placement, { places, storage, notes });
  const entries = vms.map((vm, v) => {
    const server = places.servers[places.serverOf[v]!]!;
    const found = (name: string | null) =>
      name === null ? first.get(places.serverOf[v]!)! : storage.find(server.site, name);
    const placed = disks[v]!.map((disk) => ({ ...disk, store: storage.stores[found(disk.store)]!.id }));
    return vmEntry(vm, server.id, placed);
  });
  noteEntries({ vms, unplaced, stores: storage.stores, rule: options.placement }, notes.ledger);
  return {
    proxybench: 1,
    name: 'estate',
    ledger: { source: '', fields: {}, ...assumedPlacement(vms, unplaced, options) },
    sites: places.sites.map((id) => ({ id })),
    managementServers: places.managementServers.map((id) => ({ id })),
    devices: deviceEntries(storage.stores, places),
    stores: storeEntries(storage.stores),
    servers: serverEntries(places, storage.stores),
    vms: entries,
    ...assumeBackup(
      siteLoads(places, storage.stores, entries),
      new Set(vms.map((vm) => vm.key)),
      notes.ledger,
    ),
  };
}

const usesOf = (disks: readonly (readonly SizedDisk[])[], serverOf: readonly number[]) =>
  disks.flatMap((list, v) =>
    list.flatMap(({ store }) => (store === null ? [] : [{ server: serverOf[v]!, store }])),
  );

function assumedPlacement(vms: readonly VmRow[], unplaced: readonly number[], options: EstateOptions) {
  const isSplit = (vm: VmRow) => vm.disks.length === 0 && (vm.diskCount ?? assumptions.disksPerVm.value) > 1;
  const disks = vms.some(isSplit) ? { disks: options.diskSplit } : {};
  const keys = unplaced.length < vms.length ? { vms: unplaced.map((v) => vms[v]!.key) } : {};
  const stores = unplaced.length > 0 ? { stores: describeRule(options.placement), ...keys } : {};
  const both = { ...stores, ...disks };
  return Object.keys(both).length > 0 ? { assumedPlacement: both } : {};
}
