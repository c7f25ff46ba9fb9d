import { modeOf, type AccessMode } from '../model/access.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { AttemptRecord, JobRecord, NightRecord, UnitRecord } from '../model/record.ts';
import type { PhaseSpan } from './phase-log.ts';
import { waitReasons, type WaitReason } from './waiting.ts';
import type { Held, UnitWatch, VmWatch, Weighed } from './vm-watch.ts';

// What became of one VM, and why: plain data. Seconds from the first job's start.

export interface VmStory {
  readonly vm: string;
  readonly job: string;
  /** second of the day at time 0 */
  readonly originS: number;
  readonly jobStartS: number;
  readonly toMoveMB: number;
  readonly units: readonly UnitStory[];
}

export interface UnitStory {
  readonly unit: string;
  readonly state: UnitRecord['state'];
  readonly reason: UnitRecord['reason'];
  /** of its last attempt; null = it had none */
  readonly endS: number | null;
  /** its place among the protected units of its job by end, from 1; null = it is not protected */
  readonly place: number | null;
  readonly protectedUnits: number;
  readonly units: number;
  /** why it was not tried again; null = it is protected, or its reason says all */
  readonly notAgain: NotAgain | null;
  readonly awaited: readonly { readonly reason: WaitReason; readonly said: string; readonly s: number }[];
  readonly underWayS: number;
  readonly attempts: readonly AttemptStory[];
  /** rounds in which it was not started */
  readonly leftOut: readonly Omit<Weighed, 'attempt'>[];
  /** starts and rounds that are not told, being too many */
  readonly dropped: number;
}

export interface NotAgain {
  readonly jobEnd: JobRecord['end'];
  /** of its job */
  readonly windowEndS: number;
  readonly rounds: number;
}

export interface AttemptStory {
  readonly attemptNo: number;
  readonly round: number;
  readonly proxy: string;
  readonly agent: string;
  readonly mode: AccessMode;
  readonly streams: number;
  readonly startS: number;
  readonly transferS: number | null;
  readonly endS: number | null;
  readonly cause: AttemptRecord['cause'];
  readonly movedMB: number;
  readonly phases: readonly PhaseSpan[];
  /** what held its reads at their rate, longest first */
  readonly held: readonly Held[];
  /** why there: what the strategy said, and what stood against each proxy; null = not kept */
  readonly weighed: Pick<Weighed, 'why' | 'onItsDevices' | 'verdicts'> | null;
}

export function vmStory(
  night: Night,
  vm: Id,
  { record, watch }: { record: NightRecord; watch: VmWatch },
): VmStory {
  const { key, job: jobId, disks } = night.vms[vm]!;
  const job = night.jobs[jobId!]!;
  return {
    vm: key,
    job: job.name,
    originS: night.originS,
    jobStartS: job.startS,
    toMoveMB: disks.reduce((sum, d) => sum + d.toMoveMB, 0),
    units: watch.units.map((unit) => unitStory(night, unit, { record, watch, jobId: jobId! })),
  };
}

function unitStory(
  night: Night,
  { unit, waitedS, weighed, dropped }: UnitWatch,
  { record, watch, jobId }: { record: NightRecord; watch: VmWatch; jobId: Id },
): UnitStory {
  const ofJob = record.units.filter((u) => u.job === jobId);
  const own = ofJob.find((u) => u.unit === unit)!;
  const ends = ofJob.filter((u) => u.state === 'finished').map((u) => u.endS!);
  const attempts = record.attempts.filter((a) => a.job === jobId && a.unit === unit);
  const underWayS = attempts.reduce((sum, a) => sum + ((a.endS ?? record.endS) - a.startS), 0);
  const { end, rounds } = record.jobs[jobId]!;
  const overS = own.state === 'finished' ? own.endS! : record.jobs[jobId]!.endS;
  return {
    unit: own.key,
    state: own.state,
    reason: own.reason,
    endS: own.endS,
    place: own.state === 'finished' ? 1 + ends.filter((s) => s < own.endS!).length : null,
    protectedUnits: ends.length,
    units: ofJob.length,
    notAgain:
      own.reason === null || own.reason === 'no-path' || own.reason === 'window-closed'
        ? null
        : { jobEnd: end, windowEndS: night.jobs[jobId]!.windowEndS, rounds: rounds.length },
    awaited: awaitedOf(
      [...waitedS],
      attempts.length === 0 ? 0 : overS - night.jobs[jobId]!.startS - underWayS,
    ),
    underWayS,
    attempts: attempts.map((a) => attemptStory(night, a, { watch, weighed })),
    leftOut: weighed.filter((w) => w.attempt === null).map(({ attempt: _none, ...rest }) => rest),
    dropped,
  };
}

/** What is left of the time in which it was not under way, it spent between a failure and the next round. */
function awaitedOf(waited: readonly (readonly [WaitReason, number])[], restS: number): UnitStory['awaited'] {
  const failedS = restS - waited.reduce((sum, [, s]) => sum + s, 0);
  const all = failedS > 1e-6 ? [...waited, ['failed', failedS] as const] : waited;
  return all.map(([reason, s]) => ({ reason, said: waitReasons[reason], s })).toSorted((a, b) => b.s - a.s);
}

function attemptStory(
  night: Night,
  record: AttemptRecord,
  { watch, weighed }: { watch: VmWatch; weighed: readonly Weighed[] },
): AttemptStory {
  const { attempt, attemptNo, round, streams, startS, transferS, endS, cause, movedMB } = record;
  const decision = weighed.find((w) => w.attempt === attempt);
  return {
    attemptNo,
    round,
    proxy: night.proxies[record.proxy]!.name,
    agent: night.agents[record.agent]!.name,
    mode: modeOf(record.tier),
    streams,
    startS,
    transferS,
    endS,
    cause,
    movedMB,
    phases: watch.phases.spansOf(attempt),
    held: (watch.held.get(attempt) ?? []).toSorted((a, b) => b.streamS - a.streamS),
    weighed: decision ?? null,
  };
}
