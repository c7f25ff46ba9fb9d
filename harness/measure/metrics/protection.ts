import type { NightMetric } from '../night-metric.ts';
import { percent, sumOf } from '../sum.ts';
import type { Tally, VmTally } from '../tally.ts';
import type { Night } from '../../model/night.ts';

// Protected first, speed second (night.md N18).

export const protectionMetrics: readonly NightMetric[] = [
  {
    name: 'protected_vms',
    label: 'Protected VMs',
    unit: 'VMs',
    better: 'higher',
    definition: 'VMs of all jobs whose every disk was backed up in this night',
    version: 1,
    of: ({ tally }) => tally.finished.length,
  },
  {
    name: 'protected_vms_pct',
    label: 'Protected',
    unit: '% of VMs',
    better: 'higher',
    definition: 'protected VMs, of the VMs that the jobs select',
    version: 1,
    headline: true,
    of: ({ tally }) => percent(tally.finished.length, tally.vms.length),
  },
  {
    name: 't95_vms_s',
    label: '95 % of VMs',
    unit: 's',
    better: 'lower',
    definition: 'from the start of the first job until at least 95 % of the VMs were protected',
    version: 1,
    headline: true,
    of: ({ tally }) => timeToShare(tally, 0.95, one),
  },
  {
    name: 't99_vms_s',
    label: '99 % of VMs',
    unit: 's',
    better: 'lower',
    definition: 'from the start of the first job until at least 99 % of the VMs were protected',
    version: 1,
    of: ({ tally }) => timeToShare(tally, 0.99, one),
  },
  {
    name: 't95_bytes_s',
    label: '95 % of bytes',
    unit: 's',
    better: 'lower',
    definition:
      'from the start of the first job until VMs with at least 95 % of the bytes to move were protected',
    version: 1,
    of: ({ tally }) => timeToShare(tally, 0.95, sizeMB),
  },
  {
    name: 't99_bytes_s',
    label: '99 % of bytes',
    unit: 's',
    better: 'lower',
    definition:
      'from the start of the first job until VMs with at least 99 % of the bytes to move were protected',
    version: 1,
    of: ({ tally }) => timeToShare(tally, 0.99, sizeMB),
  },
  {
    name: 'unprotected_at_window_gb',
    label: 'Unprotected at window end',
    unit: 'GB',
    better: 'lower',
    definition: "bytes to move of the VMs that were not protected by the end of their own job's window",
    version: 1,
    of: ({ night, tally }) =>
      sumOf(tally.vms, (vm) => (isInWindow(night, vm) ? 0 : vm.facts.toMoveMB)) / 1000,
  },
  {
    name: 'protected_vms_at_window_pct',
    label: 'Protected at window end',
    unit: '% of VMs',
    better: 'higher',
    definition: "VMs protected by the end of their own job's window, of the VMs that the jobs select",
    version: 1,
    of: ({ night, tally }) =>
      percent(
        sumOf(tally.vms, (vm) => (isInWindow(night, vm) ? 1 : 0)),
        tally.vms.length,
      ),
  },
  {
    name: 'protected_bytes_at_window_pct',
    label: 'Bytes protected at window end',
    unit: '% of bytes',
    better: 'higher',
    definition: "bytes to move of the VMs protected by the end of their own job's window, of all",
    version: 1,
    of: ({ night, tally }) =>
      percent(
        sumOf(tally.vms, (vm) => (isInWindow(night, vm) ? vm.facts.toMoveMB : 0)),
        tally.sizeMB,
      ),
  },
];

const one = () => 1;
const sizeMB = (vm: VmTally) => vm.facts.toMoveMB;

/** Sums of floats fall short of a share by rounding; a byte in a TB does not matter. */
const slack = 1e-9;

function timeToShare(tally: Tally, share: number, weightOf: (vm: VmTally) => number): number | null {
  const wanted = share * sumOf(tally.vms, weightOf);
  if (wanted === 0) return null;
  let reached = 0;
  for (const vm of tally.finished) {
    reached += weightOf(vm);
    if (reached >= wanted * (1 - slack)) return vm.protectedS - tally.zeroS;
  }
  return null;
}

const isInWindow = (night: Night, vm: VmTally): boolean =>
  vm.protectedS !== null && vm.protectedS <= night.jobs[vm.job]!.windowEndS;
