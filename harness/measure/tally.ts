import type { Id, UnitFacts } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { AttemptRecord, NightRecord, UnitRecord } from '../model/record.ts';
import { groupBy } from '../kit/group.ts';
import { maxOf, sumOf } from './sum.ts';

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
  readonly units: readonly UnitRecord[];
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
}

export function tallyOf(night: Night, record: NightRecord): Tally {
  const unitsOf = groupBy(record.units, (u) => u.vm);
  const attemptsOf = groupBy(record.attempts, (a) => a.vm);
  const vms = night.jobs.flatMap((job) =>
    night
      .jobFacts(job.id, 'vm')
      .units.map((facts) =>
        tallyVm(facts, job.id, unitsOf.get(facts.vm) ?? [], attemptsOf.get(facts.vm) ?? []),
      ),
  );
  return {
    zeroS: firstStartOf(night),
    vms,
    finished: vms
      .filter((v): v is VmTally & { readonly protectedS: number } => v.protectedS !== null)
      .toSorted((a, b) => a.protectedS - b.protectedS),
    sizeMB: sumOf(vms, (v) => v.facts.toMoveMB),
  };
}

export const firstStartOf = (night: Night): number =>
  night.jobs.reduce((first, j) => Math.min(first, j.startS), night.jobs[0]?.startS ?? 0);

function tallyVm(
  facts: UnitFacts,
  job: Id,
  units: readonly UnitRecord[],
  attempts: readonly AttemptRecord[],
): VmTally {
  // one stranded disk strands its VM; it can be finished later than the window only if nothing strands it
  const worst =
    units.find((u) => u.state === 'stranded') ?? units.find((u) => u.state === 'unfinished') ?? null;
  const state = worst?.state ?? (units.length === 0 ? 'unfinished' : 'finished');
  const starts = units.flatMap((u) => (u.firstStartS === null ? [] : [u.firstStartS]));
  return {
    job,
    vm: facts.vm,
    key: facts.key,
    facts,
    state,
    reason: worst?.reason ?? null,
    firstStartS: starts.length === 0 ? null : Math.min(...starts),
    protectedS: state === 'finished' ? maxOf(units, (u) => u.endS ?? 0) : null,
    units,
    attempts,
  };
}
