import { modeOf } from '../model/access.ts';
import type { CsvValue } from '../model/kind.ts';
import type { Night } from '../model/night.ts';
import { hasFailed } from './attempts.ts';
import { maxOf, sumOf } from './sum.ts';
import type { Tally, VmTally } from './tally.ts';

type ValueOf = (vm: VmTally, night: Night) => CsvValue;

const lastOf = (vm: VmTally) => vm.attempts.at(-1) ?? null;
const jobStartS = (vm: VmTally, night: Night) => night.jobs[vm.job]!.startS;

// Times are seconds from the first job's start; what a VM does not have is null.
const values: Readonly<Record<string, ValueOf>> = {
  vm: (vm) => vm.key,
  job: (vm, night) => night.jobs[vm.job]!.name,
  state: (vm) => vm.state,
  reason: (vm) => vm.reason,
  priority: (vm) => vm.facts.priority,
  allocated_mb: (vm) => vm.facts.allocatedMB,
  to_move_mb: (vm) => vm.facts.toMoveMB,
  stores: ({ facts: { stores } }, night) =>
    stores.length === 1 ? night.stores[stores[0]!]!.name : stores.map((s) => night.stores[s]!.name).join(' '),
  attempts: (vm) => vm.attempts.length,
  round: (vm) => maxOf(vm.attempts, (a) => a.round),
  // of the last attempt, as decided
  proxy: (vm, night) => {
    const last = lastOf(vm);
    return last === null ? null : night.proxies[last.proxy]!.name;
  },
  tier: (vm) => lastOf(vm)?.tier ?? null,
  mode: (vm) => {
    const last = lastOf(vm);
    return last === null ? null : modeOf(last.tier);
  },
  streams: (vm) => lastOf(vm)?.streams ?? null,
  first_start_s: (vm) => vm.firstStartS,
  start_s: (vm) => lastOf(vm)?.startS ?? null,
  transfer_s: (vm) => lastOf(vm)?.transferS ?? null,
  // protected: the end of its last disk, which need not be the last that was started
  end_s: (vm) => vm.protectedS ?? lastOf(vm)?.endS ?? null,
  wait_s: (vm, night) => (vm.firstStartS === null ? null : vm.firstStartS - jobStartS(vm, night)),
  turnaround_s: (vm, night) => (vm.protectedS === null ? null : vm.protectedS - jobStartS(vm, night)),
  moved_mb: (vm) => sumOf(vm.attempts, (a) => a.movedMB),
  failed_attempts: (vm) => vm.attempts.filter(hasFailed).length,
};

export const vmColumns: readonly string[] = Object.keys(values);

/** One row per VM and job, by job and then in document order. */
export const vmRows = (night: Night, { vms }: Tally): Iterable<CsvValue[]> => ({
  *[Symbol.iterator]() {
    const columns = Object.values(values);
    for (const vm of vms) yield columns.map((valueOf) => valueOf(vm, night));
  },
});
