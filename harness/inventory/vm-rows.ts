import { type DiskRow, readDisks, storeOf } from './disk-rows.ts';
import { cleanName, createIds } from './names.ts';
import type { Notes } from './notes.ts';
import type { Sheets } from './read-sheets.ts';
import { openTable, type Table } from './table.ts';

/** A VM as the export tells it; null = not told. */
export interface VmRow {
  readonly key: string;
  readonly poweredOn: boolean;
  readonly guest: string | null;
  readonly datacenter: string | null;
  readonly cluster: string | null;
  readonly host: string | null;
  /** its management server (VI SDK Server) */
  readonly manager: string | null;
  /** the store of its configuration file */
  readonly store: string | null;
  readonly diskCount: number | null;
  /** of all its disks, in MB: from the column of that name */
  readonly total: { readonly allocatedMB: number; readonly column: string } | null;
  readonly inUseMB: number | null;
  readonly consumedMB: number | null;
  /** from vDisk, without raw ones; empty = not told */
  readonly disks: readonly DiskRow[];
}

/** The VMs of vInfo that can be backed up, in its order, each with what vDisk and vPartition know of it. */
export function readVms(sheets: Sheets, notes: Notes): readonly VmRow[] {
  const info = openTable(sheets, 'vInfo', notes.problems);
  if (!info.has('vm')) {
    notes.problems.push('sheet vInfo: no column "VM" in its first row that is not blank');
    return [];
  }
  const disksOf = readDisks(sheets, info, notes);
  const kept = keepVms(info, notes).filter((row) => {
    const { disks, rawDisks } = disksOf.get(row)!;
    notes.skipped.add('raw disks (RDM), which a backup of the VM does not read', rawDisks);
    const hasNone = disks.length === 0 && (rawDisks > 0 || info.count(row, 'disks') === 0);
    notes.skipped.add('VMs without a disk that can be backed up', Number(hasNone));
    return !hasNone;
  });
  const keys = keysOf(info, kept, notes);
  return kept.map((row, i) => {
    const { disks, consumedMB } = disksOf.get(row)!;
    return { key: keys[i]!, ...readPlace(info, row, notes), ...readSizes(info, row), consumedMB, disks };
  });
}

const reasonsToSkip = [
  ['templates', (info, row) => info.flag(row, 'template')],
  ['SRM placeholders', (info, row) => info.flag(row, 'placeholder')],
  ['rows without the name of a VM', (info, row) => info.text(row, 'vm') === null],
] as const satisfies readonly (readonly [string, (info: Table<'vInfo'>, row: number) => boolean])[];

function keepVms(info: Table<'vInfo'>, { skipped }: Notes): readonly number[] {
  skipped.add('blank rows', info.blankRows);
  return info.rows.filter((row) => {
    const reason = reasonsToSkip.find(([, holds]) => holds(info, row));
    if (reason !== undefined) skipped.add(reason[0]);
    return reason === undefined;
  });
}

/** The VM's name; where several VMs have it, with the VM ID behind it, which stays when VMs come and go. */
function keysOf(info: Table<'vInfo'>, rows: readonly number[], { ledger }: Notes): readonly string[] {
  const names = rows.map((row) => cleanName(info.text(row, 'vm')!));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isAlone = (name: string) => counts.get(name) === 1;
  const ids = createIds();
  for (const name of names) if (isAlone(name)) ids.idOf(name, name, null);
  return rows.map((row, i) => {
    const name = names[i]!;
    const vmId = info.text(row, 'vmId');
    if (isAlone(name)) ledger.note('vms.key', 'read', 'vInfo column VM');
    else if (vmId !== null)
      ledger.note('vms.key', 'derived', 'columns VM and VM ID, as the name occurs twice');
    else
      ledger.note('vms.key', 'assumed', 'column VM, and numbers in order of the rows where it occurs twice');
    if (isAlone(name)) return name;
    return ids.idOf(`row ${row}\n`, vmId === null ? name : `${name} (${cleanName(vmId)})`, null);
  });
}

function readPlace(info: Table<'vInfo'>, row: number, { ledger }: Notes) {
  const nameAt = (column: 'datacenter' | 'cluster' | 'host' | 'manager') => {
    const name = info.text(row, column);
    return name === null ? null : cleanName(name);
  };
  const power = info.text(row, 'powerstate')?.toLowerCase();
  if (power === undefined) ledger.note('vms.poweredOn', 'assumed', 'on, as the export does not say');
  else ledger.note('vms.poweredOn', 'read', 'vInfo column Powerstate');
  return {
    poweredOn: power === undefined || power === 'poweredon',
    guest: guestFamily(info.text(row, 'osTools') ?? info.text(row, 'osConfig')),
    datacenter: nameAt('datacenter'),
    cluster: nameAt('cluster'),
    host: nameAt('host'),
    manager: nameAt('manager'),
    store: storeOf(info.text(row, 'path')),
  };
}

function readSizes(info: Table<'vInfo'>, row: number) {
  const ofColumn = (column: 'capacity' | 'provisioned', name: string) => {
    const allocatedMB = info.sizeMB(row, column);
    return allocatedMB === null ? null : { allocatedMB, column: name };
  };
  return {
    diskCount: info.count(row, 'disks'),
    total: ofColumn('capacity', 'Total disk capacity') ?? ofColumn('provisioned', 'Provisioned'),
    inUseMB: info.sizeMB(row, 'inUse'),
  };
}

const families = [
  ['windows', /windows/iu],
  ['linux', /linux|ubuntu|red ?hat|rhel|suse|centos|debian|fedora|rocky|photon|coreos/iu],
] as const;

/** windows, linux or other; null = the export does not say. */
export function guestFamily(os: string | null): string | null {
  if (os === null) return null;
  return families.find(([, pattern]) => pattern.test(os))?.[0] ?? 'other';
}
