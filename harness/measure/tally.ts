import type { Id, UnitFacts } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { AttemptRecord, NightRecord, UnitRecord } from '../model/record.ts';
import { sumOf } from './sum.ts';

/** What became of one VM of a job. A VM is protected when all its units are: its end is their last end. */
export interface VmTally {
  readonly job: Id;
  readonly vm: Id;
  readonly key: string;
  /** the VM as one unit, whatever the strategy's work unit is */
  readonly facts: UnitFacts;
  readonly state: UnitRecord['state'];
  readonly reason: UnitRecord['reason'];
  readonly firstStartS: number | null;
  /** null = is not protected */
  readonly protectedS: number | null;
  /** in order of decision */
  readonly attempts: readonly AttemptRecord[];
}

export interface Tally {
  /** start of the first job: the zero of every time that a metric gives */
  readonly zeroS: number;
  /** by job, then in document order */
  readonly vms: readonly VmTally[];
  /** the protected ones, by time, then in the order above */
  readonly finished: readonly (VmTally & { readonly protectedS: number })[];
  readonly sizeMB: number;
  /** of the protected ones, ascending: from the start of the job of a VM to its first start, and to its end */
  readonly waitsS: Float64Array;
  readonly turnaroundsS: Float64Array;
}

export function tallyOf(night: Night, record: NightRecord): Tally {
  const told = unitsTold(night, record.units);
  const attemptsOf = byVm(night, record.attempts);
  const tallyVm = (job: Id, facts: UnitFacts): VmTally => {
    const { vm, key } = facts;
    const { state, reason, firstStartS, protectedS } = told(vm);
    const attempts = attemptsOf[vm] ?? none;
    return { job, vm, key, facts, state, reason, firstStartS, protectedS, attempts };
  };
  const vms = night.jobs.flatMap(({ id }) =>
    night.jobFacts(id, 'vm').units.map((facts) => tallyVm(id, facts)),
  );
  const finished = vms
    .filter((v): v is VmTally & { readonly protectedS: number } => v.protectedS !== null)
    .toSorted((a, b) => a.protectedS - b.protectedS);
  const ascending = (valueOf: (vm: VmTally & { readonly protectedS: number }) => number) =>
    Float64Array.from(finished, valueOf).toSorted();
  const startS = (vm: VmTally) => night.jobs[vm.job]!.startS;
  return {
    zeroS: firstStartOf(night),
    vms,
    finished,
    sizeMB: sumOf(vms, (v) => v.facts.toMoveMB),
    waitsS: ascending((vm) => (vm.firstStartS ?? vm.protectedS) - startS(vm)),
    turnaroundsS: ascending((vm) => vm.protectedS - startS(vm)),
  };
}

export const firstStartOf = (night: Night): number =>
  night.jobs.reduce((first, j) => Math.min(first, j.startS), night.jobs[0]?.startS ?? 0);

const none: readonly AttemptRecord[] = [];

function byVm(
  { vms }: Night,
  attempts: readonly AttemptRecord[],
): readonly (readonly AttemptRecord[] | undefined)[] {
  const lists: (AttemptRecord[] | undefined)[] = vms.map(() => undefined);
  for (const attempt of attempts) {
    const list = lists[attempt.vm];
    if (list === undefined) lists[attempt.vm] = [attempt];
    else list.push(attempt);
  }
  return lists;
}

type Told = Pick<VmTally, 'state' | 'reason' | 'firstStartS' | 'protectedS'>;

/** What the units of a VM say of it, gathered in one pass over all of them. */
function unitsTold({ vms }: Night, units: readonly UnitRecord[]): (vm: Id) => Told {
  const hasUnits = new Uint8Array(vms.length);
  const firstStartS = new Float64Array(vms.length).fill(Infinity);
  const lastEndS = new Float64Array(vms.length).fill(-Infinity);
  // one stranded disk strands its VM; it can be finished later than the window only if nothing strands it
  const worst: (UnitRecord | undefined)[] = vms.map(() => undefined);
  for (const unit of units) {
    const { vm, state } = unit;
    hasUnits[vm] = 1;
    if (unit.firstStartS !== null && unit.firstStartS < firstStartS[vm]!) firstStartS[vm] = unit.firstStartS;
    lastEndS[vm] = Math.max(lastEndS[vm]!, unit.endS ?? 0);
    if (state === 'finished') continue;
    if (worst[vm] === undefined || (worst[vm].state === 'unfinished' && state === 'stranded'))
      worst[vm] = unit;
  }
  return (vm) => {
    const state = worst[vm]?.state ?? (hasUnits[vm] === 0 ? 'unfinished' : 'finished');
    return {
      state,
      reason: worst[vm]?.reason ?? null,
      firstStartS: firstStartS[vm] === Infinity ? null : firstStartS[vm]!,
      protectedS: state === 'finished' ? lastEndS[vm]! : null,
    };
  };
}
