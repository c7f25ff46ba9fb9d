import {
  sameInstantS,
  type Coordinator,
  type EndCause,
  type Executor,
  type Happening,
} from '../model/executor.ts';
import type { PhaseListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { LoadRecord } from '../model/record.ts';
import { createAttempts, type Attempts } from '../attempt/attempts.ts';
import { scheduleCapacities } from '../attempt/capacities.ts';
import type { FluidSolver } from './fluid/solver.ts';
import { createLoadRecorder, type SpanFacts } from '../attempt/load-recorder.ts';
import { addResources } from '../attempt/resources.ts';
import { createServices, type Services } from '../attempt/services.ts';
import { createTimers } from '../attempt/timers.ts';

/** What the executor measured; what only the coordinator knows of the proxies is missing. */
export type ExecutorLoad = Omit<LoadRecord, 'proxies'> & {
  readonly proxies: readonly Omit<LoadRecord['proxies'][number], 'idleWhileWaitingS'>[];
};

/** The executor in virtual time: no time step, every event at its exact time. */
export interface VirtualExecutor extends Executor {
  readonly clock: 'virtual';
  run(coordinator: Coordinator, signal?: AbortSignal): void;
  /** once the night is over */
  load(): ExecutorLoad;
}

/** So long production may leave nothing, hour after hour, before what is under way counts as stalled. */
const patienceS = 24 * 3600;
/** A night is over after a few times of quiet: each brings every job nearer to its end. */
const mostQuiets = 1000;

/** @param createSolver the simple one, or a fast one that must agree with it */
export function createVirtualExecutor(
  night: Night,
  createSolver: () => FluidSolver,
  listener?: PhaseListener,
): VirtualExecutor {
  const solver = createSolver();
  /** what attempts wait for, and jobs: in an instant it comes before what happens from outside */
  const timers = createTimers();
  /** from outside: outages, capacities, starts of jobs, ends of windows */
  const events = createTimers();
  const r = addResources(solver, night);
  const recorder = createLoadRecorder(night);
  let happenings: Happening[] = [];
  let stops: { readonly attempt: number; readonly cause: EndCause }[] = [];
  let nowS = 0;
  const now = () => nowS;
  const report = (happening: Happening) => void happenings.push(happening);

  const attempts: Attempts = createAttempts({
    night,
    solver,
    r,
    timers,
    recorder,
    now,
    report,
    services: () => services,
    listener,
  });
  const services: Services = createServices({
    night,
    timers: events,
    report,
    onDown: attempts.lose,
    onNoticed: attempts.noticeLoss,
    detect: (_, notice) => void events.set(nowS + night.detectS, notice),
  });
  const changesByHour = scheduleCapacities(night, {
    solver,
    r,
    timers: events,
    now,
    setProductionIo: recorder.setProductionIo,
  });
  for (const job of night.jobs) {
    events.set(job.startS, () => report({ kind: 'job-due', job: job.id }));
    // it brings nothing that anybody could wait for
    events.set(job.windowEndS, () => report({ kind: 'window-end', job: job.id }), 'passive');
  }

  const limitGroup = (flow: number) => {
    const limiter = solver.limiterOf(flow);
    return limiter === null ? 'stream cap' : r.group[limiter]!;
  };

  const facts: SpanFacts = {
    activeStreams: attempts.activeStreams,
    movedMB: (flow) => solver.movedMB(flow),
    limitGroup,
    relimited: () => solver.relimited(),
  };

  /** Moves the clock, then does all that is due, and what that makes due at once. */
  function advance(toS: number): void {
    recorder.span(nowS, toS, facts);
    nowS = toS;
    endStopped();
    do {
      for (let isDue = true; isDue; isDue = Math.min(solver.nextS(), timers.nextS()) <= nowS + sameInstantS) {
        attempts.flowsCompleted(solver.advance(nowS));
        timers.run(nowS);
      }
      events.run(nowS);
    } while (nextS() <= nowS + sameInstantS);
  }

  function nextS(): number {
    return Math.min(solver.nextS(), timers.nextS(), events.nextS());
  }

  /** Together, so that what one frees goes to none of the others. */
  function endStopped(): void {
    if (stops.length === 0) return;
    const stopped = stops;
    stops = [];
    for (const cause of new Set(stopped.map((s) => s.cause)))
      attempts.end(
        stopped.filter((s) => s.cause === cause).map((s) => s.attempt),
        cause,
      );
  }

  /** Something will still happen by itself, other than the next hour's production load or the end of a window. */
  const isAlive = () => timers.activeCount() > 0 || events.activeCount() > 0 || solver.nextS() < Infinity;

  /** One step: to the next time at which anything happens, or the end of what can. @param aliveS when something last could */
  function step(aliveS: number): void {
    const atS = Math.max(nowS, nextS());
    const mayRevive = changesByHour && attempts.count() > 0 && atS - aliveS <= patienceS;
    if (happenings.length > 0 || stops.length > 0) advance(nowS);
    else if (isAlive() || mayRevive) advance(atS);
    else if (attempts.count() > 0) attempts.endAll('stalled');
    else report({ kind: 'quiet' });
  }

  return {
    clock: 'virtual',
    offers: ['what-if', 'latency', 'throttle'],
    start: attempts.start,
    stop: (attempt, cause) => void stops.push({ attempt, cause }),
    throttle: attempts.throttle,
    wake: (job, atS) => void timers.set(atS, () => report({ kind: 'wake', job })),
    latencyMs: recorder.latencyMs,
    rateIfMBps: (order) => solver.rateIf(attempts.firstFlow(order)),
    run(coordinator, signal) {
      let aliveS = 0;
      let quiets = 0;
      for (let goesOn = true; goesOn;) {
        signal?.throwIfAborted();
        if (isAlive()) aliveS = nowS;
        step(aliveS);
        const batch = happenings;
        happenings = [];
        if (batch.length === 0) continue;
        quiets = batch.some((h) => h.kind === 'quiet') ? quiets + 1 : 0;
        if (quiets > mostQuiets) throw new Error(`the night does not end: nothing happens after ${nowS} s`);
        goesOn = coordinator.instant(nowS, batch);
      }
      if (!attempts.isIdle()) throw new Error('the night is over, but something is still under way or held');
    },
    load: () => recorder.record(nowS, (p) => solver.servedBy(r.cpu[p]!)),
  };
}
