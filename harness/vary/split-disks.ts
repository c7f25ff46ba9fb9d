import type { Document } from '../model/document/document.ts';

type Vm = Document['vms'][number];

/** Share of a VM on its first disk; null = as much as on the others. */
const firstShares = { even: null, dominant: 0.7, single: 1 } as const;

export type DiskSplit = keyof typeof firstShares;
export const diskSplits = Object.keys(firstShares) as DiskSplit[];

/**
 * VMs whose split over disks is assumed, split by another rule. Which these are is told by their sizes: those that the rule of
 * the import gives, to the MB.
 *
 * @returns null = none is assumed
 */
export function splitAgain(document: Document, split: DiskSplit): Document | null {
  const rule = document.ledger?.assumedPlacement?.disks;
  if (document.ledger === undefined || rule === undefined || !isDiskSplit(rule)) return null;
  const again = (vm: Vm) => (isSplitBy(vm, rule) ? splitVm(vm, split) : vm);
  const assumedPlacement = { ...document.ledger.assumedPlacement, disks: split };
  return { ...document, ledger: { ...document.ledger, assumedPlacement }, vms: document.vms.map(again) };
}

const isDiskSplit = (rule: string): rule is DiskSplit => Object.hasOwn(firstShares, rule);

function isSplitBy(vm: Vm, rule: DiskSplit): boolean {
  const expected = splitVm(vm, rule).disks;
  return (
    vm.disks.length > 1 &&
    vm.disks.every(({ allocatedMB }, d) => Math.abs(allocatedMB - expected[d]!.allocatedMB) <= 1)
  );
}

function splitVm(vm: Vm, split: DiskSplit): Vm {
  const { length } = vm.disks;
  const first = firstShares[split] ?? 1 / length;
  const shares = vm.disks.map((_, d) => (d === 0 ? first : (1 - first) / (length - 1)));
  const allocatedMB = portions(sumOf(vm, 'allocatedMB'), shares);
  const usedMB = portions(sumOf(vm, 'usedMB'), shares);
  return {
    ...vm,
    disks: vm.disks.map((disk, d) => ({
      ...disk,
      allocatedMB: allocatedMB[d]!,
      usedMB: Math.min(allocatedMB[d]!, usedMB[d]!),
    })),
  };
}

const sumOf = ({ disks }: Vm, field: 'allocatedMB' | 'usedMB'): number =>
  disks.reduce((sum, disk) => sum + disk[field], 0);

/** Whole parts that add up to the whole. */
function portions(totalMB: number, shares: readonly number[]): number[] {
  let upToShare = 0;
  let givenMB = 0;
  return shares.map((share, i) => {
    upToShare += share;
    const upToMB = i === shares.length - 1 ? totalMB : Math.round(totalMB * Math.min(1, upToShare));
    const partMB = upToMB - givenMB;
    givenMB = upToMB;
    return partMB;
  });
}
