import { createAttempts, type Attempts } from '../attempt/attempts.ts';
import { scheduleCapacities } from '../attempt/capacities.ts';
import { createLoadRecorder, type LoadRecorder } from '../attempt/load-recorder.ts';
import { addResources } from '../attempt/resources.ts';
import { createServices, type Services } from '../attempt/services.ts';
import { createTimers, type Timers } from '../attempt/timers.ts';
import { sameInstantS, type EndCause, type Executor, type Happening } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { LoadRecord } from '../model/record.ts';
import { createAttemptEnds } from './attempt-ends.ts';
import type { NightClock } from './clock.ts';
import { createHearing } from './hearing.ts';
import { createHeartbeats } from './heartbeats.ts';
import { createImages } from './images.ts';
import { createInbox } from './inbox.ts';
import type { Assignment, AttemptEnd, FromHost, Kept } from './messages.ts';
import { createPacedFlows } from './paced-flows.ts';
import type { Pacer } from './pacer/pacer.ts';

/** The threads, as the executor sees them. */
export interface Floor {
  assign(assignment: Assignment): void;
  rescind(flow: number, proxy: Id): void;
  /** a proxy goes down; where it is to come back, it stalls until `up` */
  down(proxy: Id, comesBack: boolean): void;
  up(proxy: Id): void;
  /** what has come from the hosts since it was last asked, without waiting */
  hear(): readonly FromHost[];
  /** proxies whose threads are dead since it was last asked */
  dead(): readonly Id[];
  /** sleeps until something comes, or for so long; null = until something comes */
  sleep(ms: number | null): Promise<void>;
}

export interface WallExecutor extends Executor {
  readonly clock: 'wall';
  /** once the night is over */
  load(): Omit<LoadRecord, 'proxies'> & {
    readonly proxies: readonly Omit<LoadRecord['proxies'][number], 'idleWhileWaitingS'>[];
  };
  /** by attempt: its streams that were restored and compared */
  readonly restored: ReadonlyMap<number, readonly Kept[]>;
}

export interface WallSetup {
  readonly night: Night;
  readonly pacer: Pacer;
  readonly blockMB: number;
  readonly clock: NightClock;
  readonly floor: Floor;
  readonly onEnded: (end: AttemptEnd) => void;
}

/** So long production may leave nothing, hour after hour, before what is under way counts as stalled. */
const patienceS = 24 * 3600;

/**
 * The executor on the wall clock. Phases that move no bytes are timers, counted limits are tokens, as in virtual time; the
 * bytes are moved by agents on threads of their own. What happens has the time at which it was due, not that at which
 * somebody woke up to see it: lateness does not add up.
 */
export function createWallExecutor(setup: WallSetup): WallExecutor {
  const { clock, floor, onEnded } = setup;
  const timers = createTimers();
  const events = createTimers();
  const inbox = createInbox();
  const recorder = createLoadRecorder(setup.night);
  let happenings: Happening[] = [];
  let stops: { readonly attempt: number; readonly cause: EndCause }[] = [];
  let nowS = 0;
  /** what an attempt does next follows from when its bytes were through, which may be a little before now */
  let dueS: number | null = null;
  const now = () => dueS ?? nowS;

  const ends = createAttemptEnds({
    tell(ended) {
      happenings.push(ended);
      const { attempt, cause, movedMB } = ended;
      const { vm, proxy, attemptNo } = flows.orderOf(attempt)!;
      flows.forget(attempt);
      const kept = cause === 'finished' ? (ends.restored.get(attempt) ?? []) : [];
      const hashes = kept.map(({ sha256 }) => sha256);
      onEnded({ attempt, vm, proxy, attemptNo, cause, movedMB, atS: now(), hashes });
    },
    onSpoilt: (attempt) => void stops.push({ attempt, cause: 'restore' }),
  });
  const report = (happening: Happening): void =>
    happening.kind === 'ended' ? ends.end(happening) : void happenings.push(happening);

  const onEmpty = (flow: number) => inbox.add(flow, null, now());
  const parts = setUp(setup, { timers, events, recorder, now, report, onEmpty });
  const { flows, r, attempts, heartbeats, changesByHour } = parts;

  const listen = createHearing({ floor, flows, heartbeats, inbox, ends });

  function settleFlows(): void {
    for (let over = inbox.take(nowS); over !== undefined; over = inbox.take(nowS)) {
      const { flow, message, atS } = over;
      const attempt = flows.attemptOf(flow);
      if (attempt === undefined) continue; // stopped meanwhile
      if (message?.type === 'finished') ends.keep(attempt, message.kept);
      dueS = atS;
      if (message?.type === 'failed' && message.why === 'restore') attempts.end([attempt], 'restore');
      else {
        flows.close(flow);
        attempts.flowsCompleted([flow]);
      }
      dueS = null;
    }
  }

  const limitGroup = (flow: number) => {
    const limiter = flows.limiterOf(flow);
    return limiter === null ? 'stream cap' : r.group[limiter]!;
  };

  function advance(toS: number): void {
    const { activeStreams } = attempts;
    recorder.span(nowS, toS, { activeStreams, movedMB: flows.movedMB, limitGroup });
    nowS = Math.max(nowS, toS);
    endStopped();
    do {
      settleFlows();
      runDue(timers);
      runDue(events);
    } while (nextS() <= nowS + sameInstantS);
  }

  /** What was heard late has set timers that are past: each acts at its time, so that lateness does not add up. */
  function runDue(list: Timers): void {
    while (list.nextS() <= nowS + sameInstantS) {
      dueS = Math.min(nowS, list.nextS());
      list.run(dueS);
    }
    dueS = null;
  }

  function endStopped(): void {
    const stopped = stops;
    stops = [];
    for (const cause of new Set(stopped.map((s) => s.cause)))
      attempts.end(
        stopped.filter((s) => s.cause === cause).map((s) => s.attempt),
        cause,
      );
  }

  const nextS = () => Math.min(inbox.nextS(), timers.nextS(), events.nextS());
  const isAlive = () =>
    timers.activeCount() > 0 ||
    events.activeCount() > 0 ||
    inbox.nextS() < Infinity ||
    flows.isMoving() ||
    ends.held().length > 0;

  /** Does what is due, or sleeps. @param aliveS when something last could happen by itself */
  async function step(aliveS: number): Promise<void> {
    listen();
    const atS = Math.max(nowS, nextS());
    const mayRevive = changesByHour && attempts.count() > 0 && atS - aliveS <= patienceS;
    if (happenings.length > 0 || stops.length > 0) advance(nowS);
    else if (atS <= clock.nowS()) advance(atS);
    else if (isAlive() || mayRevive) await floor.sleep(atS === Infinity ? null : clock.msUntil(atS));
    else if (attempts.count() > 0) attempts.endAll('stalled');
    else report({ kind: 'quiet' });
  }

  return {
    clock: 'wall',
    offers: ['latency', 'throttle'],
    restored: ends.restored,
    start(order) {
      flows.expect(order);
      attempts.start(order);
    },
    stop(attempt, cause) {
      if (!ends.stop(attempt, cause)) stops.push({ attempt, cause });
    },
    throttle: attempts.throttle,
    wake: (job, atS) => void timers.set(atS, () => report({ kind: 'wake', job })),
    latencyMs: recorder.latencyMs,
    rateIfMBps() {
      throw new Error('a rate that is not there cannot be measured');
    },
    async run(coordinator, signal) {
      let aliveS = 0;
      for (let goesOn = true; goesOn;) {
        signal?.throwIfAborted();
        if (isAlive()) aliveS = nowS;
        await step(aliveS);
        const batch = happenings;
        happenings = [];
        if (batch.length > 0) goesOn = coordinator.instant(nowS, batch);
      }
      if (!attempts.isIdle()) throw new Error('the night is over, but something is still under way or held');
    },
    load: () => recorder.record(nowS, (p) => flows.servedBy(r.cpu[p]!)),
  };
}

interface Hooks {
  readonly timers: Timers;
  readonly events: Timers;
  readonly recorder: LoadRecorder;
  readonly now: () => number;
  readonly report: (happening: Happening) => void;
  readonly onEmpty: (flow: number) => void;
}

/** The attempts of a night, with agents to move their bytes, and all that happens to them from outside. */
function setUp({ night, pacer, blockMB, floor }: WallSetup, hooks: Hooks) {
  const { timers, events, recorder, now, report, onEmpty } = hooks;
  const { assign, rescind } = floor;
  const imageOf = createImages(night, blockMB);
  const flows = createPacedFlows({ pacer, blockMB, now, assign, rescind, onEmpty, imageOf });
  const r = addResources(flows, night);
  const attempts: Attempts = createAttempts({
    night,
    solver: flows,
    r,
    timers,
    recorder,
    now,
    report,
    services: () => services,
  });
  const heartbeats = createHeartbeats({ night, timers: events, now });
  const services: Services = createServices({
    night,
    timers: events,
    report,
    onDown(entity, id, comesBack) {
      if (entity === 'proxy') floor.down(id, comesBack);
      attempts.lose(entity);
    },
    onUp: (entity, id) => (entity === 'proxy' ? floor.up(id) : undefined),
    onNoticed: attempts.noticeLoss,
    detect: heartbeats.watch,
  });
  const { setProductionIo } = recorder;
  const changesByHour = scheduleCapacities(night, { solver: flows, r, timers: events, now, setProductionIo });
  for (const job of night.jobs) {
    events.set(job.startS, () => report({ kind: 'job-due', job: job.id }));
    events.set(job.windowEndS, () => report({ kind: 'window-end', job: job.id }), 'passive');
  }
  return { flows, r, attempts, heartbeats, changesByHour };
}
