import type { FluidSolver } from '../engine/fluid/solver.ts';
import type { Id } from '../model/facts.ts';
import type { JobPresence, NightListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { DecisionRecord } from '../model/record.ts';
import type { StrategyPromise } from '../model/strategy.ts';
import { createPhaseLog, type PhaseLog } from './phase-log.ts';
import { queueName, resourcePlaces } from './places.ts';
import type { SolverTap } from './solver-tap.ts';
import {
  candidatesOf,
  streamsOnDevices,
  verdictsOf,
  type Candidate,
  type DeviceStreams,
  type Verdict,
} from './verdicts.ts';
import { whyWaits, type WaitReason } from './waiting.ts';

// Listens for one VM alone: what is kept grows with its attempts and rounds, not with the night.

/** A decision about the unit, or one that left it out. */
export interface Weighed {
  readonly atS: number;
  readonly round: number;
  readonly when: 'start' | 'end-round' | 'window-end';
  /** null = it was left out */
  readonly attempt: number | null;
  /** streams that its job could have started */
  readonly jobFree: number;
  /** what the strategy said */
  readonly why: string | null;
  readonly onItsDevices: readonly DeviceStreams[];
  readonly verdicts: readonly Verdict[];
}

/** So long a stream of it was held at its rate by one thing. */
export interface Held {
  /** a resource in words; null = by its own cap */
  readonly by: string | null;
  streamS: number;
  movedMB: number;
}

export interface UnitWatch {
  readonly unit: Id;
  readonly waitedS: Map<WaitReason, number>;
  readonly weighed: Weighed[];
  /** rounds that are not in `weighed`, being too many */
  dropped: number;
}

export interface VmWatch {
  readonly listener: NightListener;
  readonly tap: SolverTap;
  readonly units: readonly UnitWatch[];
  readonly phases: PhaseLog;
  /** by attempt: what held its reads */
  readonly held: ReadonlyMap<number, readonly Held[]>;
}

/** A unit that is left out again and again is left out for the same reasons. */
export const mostWeighed = 50;

export function createVmWatch(night: Night, vm: Id, keeps: readonly StrategyPromise[]): VmWatch {
  const places = resourcePlaces(night);
  const own = new Set<number>();
  const phases = createPhaseLog(
    (attempt) => own.has(attempt),
    (queue) => queueName(night, queue),
  );
  const held = new Map<number, Held[]>();
  /** streams that read now, with their attempts */
  const reads = new Map<number, number>();
  const units: UnitWatch[] = [];
  const candidates: Candidate[][] = [];
  const reasons: (WaitReason | null)[] = [];
  let job: JobPresence | null = null;
  let starts = 0;
  let lastS = 0;
  let isClosed = false;

  function weigh(at: UnitWatch, decision: Omit<DecisionRecord, 'what'>, when: Weighed['when']): void {
    const { facts, view } = job!;
    const asked = { night, job: facts, keeps, unit: at.unit };
    if (at.weighed.length >= mostWeighed) {
      at.dropped++;
      return;
    }
    at.weighed.push({
      atS: decision.atS,
      round: view.round,
      when,
      attempt: when === 'start' ? starts : null,
      jobFree: view.jobFree,
      why: decision.why,
      onItsDevices: streamsOnDevices(asked, view),
      verdicts: verdictsOf(asked, view, decision.proxy),
    });
  }

  function leaveOut(atS: number, why: string | null, when: Weighed['when']): void {
    const decision = { atS, why, job: job!.facts.id, unit: null, proxy: null };
    for (const at of units) if (job!.view.isAwaiting(at.unit)) weigh(at, decision, when);
  }

  function hold(solver: FluidSolver, flow: number, spanS: number): void {
    const attempt = reads.get(flow)!;
    const limiter = solver.limiterOf(flow);
    const by = limiter === null ? null : places[limiter]!.name;
    let list = held.get(attempt);
    if (list === undefined) held.set(attempt, (list = []));
    let entry = list.find((h) => h.by === by);
    if (entry === undefined) list.push((entry = { by, streamS: 0, movedMB: 0 }));
    entry.streamS += spanS;
    entry.movedMB += solver.rateMBps(flow) * spanS;
  }

  const listener: NightListener = {
    waits: (at, queues) => phases.waits!(at, queues),
    begins(at, flow) {
      phases.begins!(at, flow);
      if (flow !== null && own.has(at.attempt) && at.phase.startsWith('read')) reads.set(flow, at.attempt);
    },
    ends: (at) => phases.ends!(at),
    halts: (attempt, nowS) => phases.halts!(attempt, nowS),
    begin(jobs) {
      job = jobs[night.vms[vm]!.job!]!;
      lastS = night.jobs[job.facts.id]!.startS;
      for (const { id } of job.facts.units.filter((u) => u.vm === vm)) {
        units.push({ unit: id, waitedS: new Map(), weighed: [], dropped: 0 });
        candidates.push(candidatesOf({ night, job: job.facts, keeps, unit: id }));
        reasons.push(null);
      }
    },
    decided(decision) {
      const isOfJob = decision.job === job!.facts.id;
      const at = isOfJob ? units.find((u) => u.unit === decision.unit) : undefined;
      if (decision.what === 'start' && at !== undefined) {
        own.add(starts);
        weigh(at, decision, 'start');
      }
      if (decision.what === 'start') starts++;
      else if (decision.what === 'end-round' && isOfJob) leaveOut(decision.atS, decision.why, 'end-round');
    },
    settled(nowS) {
      const spanS = nowS - lastS;
      for (const [u, { unit, waitedS }] of units.entries()) {
        const reason = reasons[u]!;
        if (reason !== null && spanS > 0) waitedS.set(reason, (waitedS.get(reason) ?? 0) + spanS);
        reasons[u] = whyWaits(job!, unit, { candidates: candidates[u]!, keeps });
      }
      lastS = Math.max(lastS, nowS);
      if (isClosed || job!.state() !== 'window-closed') return;
      isClosed = true;
      leaveOut(nowS, null, 'window-end');
    },
  };

  const tap: SolverTap = {
    stopped: (flow) => void reads.delete(flow),
    completed: (flow) => void reads.delete(flow),
    span(fromS, toS, solver) {
      for (const flow of reads.keys()) hold(solver, flow, toS - fromS);
    },
  };
  return { listener, tap, units, phases, held };
}
