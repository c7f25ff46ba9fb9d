import { cleanName } from './names.ts';
import type { Notes } from './notes.ts';
import type { Sheets } from './read-sheets.ts';
import { openTable, type Table } from './table.ts';
import { createVmJoin } from './vm-join.ts';

/** A virtual disk as the export tells it; null = not told. */
export interface DiskRow {
  readonly store: string | null;
  readonly allocatedMB: number;
  /** what the hypervisor says it takes */
  readonly usedMB: number | null;
  /** what the guest says its file systems hold */
  readonly consumedMB: number | null;
}

export interface VmDisks {
  /** without raw ones; empty = the export tells nothing usable */
  readonly disks: readonly DiskRow[];
  readonly rawDisks: number;
  /** what the guest says all its file systems hold */
  readonly consumedMB: number | null;
}

/** What vDisk and vPartition tell of the VMs, by their row of vInfo. */
export function readDisks(sheets: Sheets, info: Table<'vInfo'>, notes: Notes): ReadonlyMap<number, VmDisks> {
  const disk = openTable(sheets, 'vDisk', notes.problems);
  const partition = openTable(sheets, 'vPartition', notes.problems);
  const diskRows = groupRows(disk.rows, createVmJoin(info, disk));
  const partitionRows = groupRows(partition.rows, createVmJoin(info, partition));
  const found = new Map<number, VmDisks>();
  for (const row of info.rows) {
    const consumed = sumConsumed(partition, partitionRows.get(row) ?? []);
    const mine = diskRows.get(row) ?? [];
    const kept = mine.filter((r) => !disk.flag(r, 'raw'));
    const disks = kept.map((r) => readDisk(disk, r, consumed.byDisk));
    const usable = disks.every((d): d is DiskRow => d.allocatedMB !== null);
    found.set(row, {
      disks: usable ? disks : [],
      rawDisks: mine.length - kept.length,
      consumedMB: consumed.allMB,
    });
  }
  return found;
}

function groupRows(rows: readonly number[], vmOf: (row: number) => number | null) {
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const vm = vmOf(row);
    if (vm === null) continue;
    const group = groups.get(vm);
    if (group === undefined) groups.set(vm, [row]);
    else group.push(row);
  }
  return groups;
}

function sumConsumed(partition: Table<'vPartition'>, rows: readonly number[]) {
  const byDisk = new Map<string, number>();
  let allMB: number | null = null;
  for (const row of rows) {
    const sizeMB = partition.sizeMB(row, 'consumed');
    if (sizeMB === null) continue;
    allMB = (allMB ?? 0) + sizeMB;
    const key = partition.text(row, 'diskKey');
    if (key !== null) byDisk.set(key, (byDisk.get(key) ?? 0) + sizeMB);
  }
  return { byDisk, allMB };
}

function readDisk(disk: Table<'vDisk'>, row: number, consumedByDisk: ReadonlyMap<string, number>) {
  return {
    store: storeOf(disk.text(row, 'diskPath')) ?? storeOf(disk.text(row, 'path')),
    allocatedMB: disk.sizeMB(row, 'capacity'),
    usedMB: disk.sizeMB(row, 'used'),
    consumedMB: consumedByDisk.get(disk.text(row, 'diskKey') ?? '') ?? null,
  };
}

/** "[store] folder/x.vmdk" -> store. */
export function storeOf(path: string | null): string | null {
  const name = /^\s*\[([^\]]*)\]/u.exec(path ?? '')?.[1];
  return name === undefined || name.trim() === '' ? null : cleanName(name);
}
