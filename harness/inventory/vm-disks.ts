import { assumptions } from './assumptions.ts';
import type { DiskRow } from './disk-rows.ts';
import type { Ledger } from './ledger.ts';
import type { VmRow } from './vm-rows.ts';

export const diskSplits = ['even', 'dominant'] as const;
export type DiskSplit = (typeof diskSplits)[number];

export interface SizedDisk {
  /** null = not told */
  readonly store: string | null;
  readonly allocatedMB: number;
  readonly usedMB: number;
}

/** The disks of a VM with their sizes: as vDisk tells them, else its total split over so many disks. */
export function sizeDisks(vm: VmRow, split: DiskSplit, ledger: Ledger): readonly SizedDisk[] {
  const disks = vm.disks.length > 0 ? vm.disks : splitTotal(vm, split, ledger);
  if (vm.disks.length > 0)
    ledger.note('vms.disks.allocatedMB', 'read', 'vDisk column Capacity', vm.disks.length);
  const rule = usedRules.find(({ holds }) => holds(vm, disks))!;
  ledger.note('vms.disks.usedMB', rule.origin, rule.how, disks.length);
  const usedMB = rule.usedMB(vm, disks);
  const own = disks.find((disk) => disk.store !== null)?.store ?? null;
  return disks.map((disk, i) => {
    if (disk.store !== null)
      ledger.note('vms.disks.store', 'read', 'the name in brackets in the path in vDisk');
    else if (own !== null) ledger.note('vms.disks.store', 'derived', 'the store of another disk of the VM');
    else if (vm.store !== null)
      ledger.note('vms.disks.store', 'derived', "the name in brackets in the VM's path in vInfo");
    return {
      store: disk.store ?? own ?? vm.store,
      allocatedMB: disk.allocatedMB,
      usedMB: Math.min(disk.allocatedMB, usedMB[i]!),
    };
  });
}

function splitTotal(vm: VmRow, split: DiskSplit, ledger: Ledger): readonly DiskRow[] {
  const count = Math.max(1, Math.round(vm.diskCount ?? assumptions.disksPerVm.value));
  const first = count === 1 ? 1 : split === 'even' ? 1 / count : assumptions.dominantShare.value;
  const shares = Array.from({ length: count }, (_, i) => (i === 0 ? first : (1 - first) / (count - 1)));
  const totalMB = vm.total?.allocatedMB ?? assumptions.vmSizeMB.value;
  const from = vm.total === null ? 'the median size of a VM' : `vInfo column ${vm.total.column}`;
  const number =
    vm.diskCount === null ? `${count} disks, the most frequent number` : 'as many disks as vInfo says';
  if (vm.total === null || count > 1 || vm.diskCount === null)
    ledger.note('vms.disks.allocatedMB', 'assumed', `${from}, split over ${number}: ${split}`, count);
  else ledger.note('vms.disks.allocatedMB', 'derived', `${from}, all on the VM's only disk`);
  return portions(totalMB, shares).map((allocatedMB) => ({
    store: null,
    allocatedMB,
    usedMB: null,
    consumedMB: null,
  }));
}

interface UsedRule {
  readonly origin: 'read' | 'derived' | 'assumed';
  readonly how: string;
  holds(vm: VmRow, disks: readonly DiskRow[]): boolean;
  usedMB(vm: VmRow, disks: readonly DiskRow[]): readonly number[];
}

/** Best first. What is used is never more than what is allocated: In Use counts swap files and snapshots too. */
const usedRules: readonly UsedRule[] = [
  {
    origin: 'read',
    how: 'vDisk column In Use',
    holds: (_, disks) => disks.every((d) => d.usedMB !== null),
    usedMB: (_, disks) => disks.map((d) => d.usedMB!),
  },
  {
    origin: 'derived',
    how: 'vInfo column In Use, in proportion to the size of the disks',
    holds: (vm) => vm.inUseMB !== null,
    usedMB: (vm, disks) => byCapacity(vm.inUseMB!, disks),
  },
  {
    origin: 'derived',
    how: 'vPartition column Consumed, by disk',
    holds: (_, disks) => disks.every((d) => d.consumedMB !== null),
    usedMB: (_, disks) => disks.map((d) => d.consumedMB!),
  },
  {
    origin: 'derived',
    how: 'vPartition column Consumed of the VM, in proportion to the size of the disks',
    holds: (vm) => vm.consumedMB !== null,
    usedMB: (vm, disks) => byCapacity(vm.consumedMB!, disks),
  },
  {
    origin: 'assumed',
    how: `${assumptions.usedShare.value} of what is allocated`,
    holds: () => true,
    usedMB: (_, disks) => disks.map((d) => Math.round(d.allocatedMB * assumptions.usedShare.value)),
  },
];

function byCapacity(totalMB: number, disks: readonly DiskRow[]): readonly number[] {
  const allMB = disks.reduce((sum, d) => sum + d.allocatedMB, 0);
  return portions(
    totalMB,
    disks.map((d) => (allMB === 0 ? 0 : d.allocatedMB / allMB)),
  );
}

/** Whole parts of a whole, by shares that add up to 1: they add up to the whole. */
export function portions(totalMB: number, shares: readonly number[]): readonly number[] {
  let share = 0;
  let given = 0;
  return shares.map((s) => {
    share += s;
    const upTo = Math.round(totalMB * Math.min(1, share));
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
