import {
  happeningOrder,
  type Coordinator,
  type EndCause,
  type Executor,
  type Happening,
  type Order,
} from '../model/executor.ts';
import type { NightListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { AttemptRecord, DecisionRecord, JobRecord, UnitRecord } from '../model/record.ts';
import type { Notice, Random, Strategy } from '../model/strategy.ts';
import { DecisionInvalid, Unsupported } from './contract-error.ts';
import { createCounters } from './counters.ts';
import { createIdleWatch } from './idle-watch.ts';
import { createJobRun } from './job-run.ts';
import type { Shared } from './shared.ts';
import { closedOf, type Opened } from './stream-notices.ts';

export interface CoordinatorSetup {
  readonly night: Night;
  readonly strategy: Strategy;
  readonly params: Params;
  readonly executor: Executor;
  readonly randomFor: (job: number, takeovers: number) => Random;
  /** keep decisions, the first `mostLogged` of them */
  readonly log: boolean;
  readonly listener?: NightListener | undefined;
}

/** `decisionCount` says how many there were. Who wants more of a long night listens. */
export const mostLogged = 200_000;

/** What the coordinator knows when the night is over. */
export interface CoordinatorRecord {
  readonly endS: number;
  readonly jobs: readonly JobRecord[];
  readonly units: readonly UnitRecord[];
  readonly attempts: readonly AttemptRecord[];
  readonly idleWhileWaitingS: ArrayLike<number>;
  readonly decisions: readonly DecisionRecord[] | null;
  readonly decisionCount: number;
  readonly whatIfCount: number;
}

/**
 * The storage manager and one coordinator per job: drives the strategy against an executor. Knows no clock: it is called
 * once per instant, applies all that happened, then asks the jobs in turn, one decision each, until all wait.
 *
 * @throws {Unsupported} where the strategy needs what the executor does not offer
 */
export function createCoordinator(setup: CoordinatorSetup): Coordinator & { record(): CoordinatorRecord } {
  const { night, strategy, executor } = setup;
  const params = Object.freeze({ ...setup.params });
  const missing = (strategy.needs ?? []).filter((n) => !executor.offers.includes(n));
  if (missing.length > 0)
    throw new Unsupported(
      `${strategy.name} needs ${missing.join(' and ')}, which this executor does not offer`,
    );

  const counters = createCounters(night.facts);
  const idle = createIdleWatch(counters, () => nowS);
  /** by attempt; null = it has ended */
  const live: (Opened | null)[] = [];
  const attempts: AttemptRecord[] = [];
  const decisions: DecisionRecord[] = [];
  let decisionCount = 0;
  let whatIfCount = 0;
  let nowS = 0;
  let lastServed = -1;

  const shared: Shared = {
    night,
    strategy,
    params,
    executor,
    counters,
    idle,
    underWay: () => live.filter((opened) => opened !== null),
    now: () => nowS,
    randomFor: setup.randomFor,
    broadcast(notice: Notice) {
      for (const job of jobs) job.notice(notice);
    },
    nextAttempt: () => attempts.length,
    launch(order, opened, round) {
      attempts.push(recordOf(order, round, nowS));
      live.push(opened);
      counters.open(opened);
      idle.look(order.proxy);
      shared.broadcast(opened);
      executor.start(order);
    },
    log(job, decision, why) {
      decisionCount++;
      const isKept = setup.log && decisions.length < mostLogged;
      if (!isKept && setup.listener?.decided === undefined) return;
      const { unit, proxy } = decision.do === 'start' ? decision : { unit: null, proxy: null };
      const record = { atS: nowS, job, what: decision.do, unit, proxy, why };
      if (isKept) decisions.push(record);
      setup.listener?.decided?.(record);
    },
    countWhatIf: () => void whatIfCount++,
  };
  const jobs = night.jobs.map((j) => createJobRun(shared, j.id));
  setup.listener?.begin?.(jobs.map((j) => j.presence));
  const mostInOneInstant = 1000 + 4 * jobs.reduce((sum, j) => sum + j.facts.units.length, 0);

  function end(attempt: number, cause: EndCause | 'finished', movedMB: number): void {
    const opened = live[attempt]!;
    const record = attempts[attempt]!;
    live[attempt] = null;
    record.endS = nowS;
    record.cause = cause;
    record.movedMB = movedMB;
    counters.close(opened);
    idle.look(opened.proxy);
    shared.broadcast(closedOf(opened));
    jobs[opened.job]!.ended(opened, cause, movedMB);
    for (const job of jobs) if (job.facts.id !== opened.job) job.stir();
  }

  const apply: { readonly [K in Happening['kind']]: (h: Extract<Happening, { kind: K }>) => void } = {
    down: ({ proxy }) => jobs.forEach((j) => j.proxyDown(proxy)),
    service({ entity, id, inService }) {
      counters.setService(entity, id, inService);
      if (entity === 'proxy') idle.look(id);
      shared.broadcast({ type: 'service', entity, id, inService });
      for (const job of jobs) {
        if (entity === 'proxy') job.proxyService(id, inService);
        job.stir();
      }
    },
    transferring: ({ attempt }) => void (attempts[attempt]!.transferS ??= nowS),
    ended: ({ attempt, cause, movedMB }) => end(attempt, cause, movedMB),
    'job-due': ({ job }) => jobs[job]!.begin(),
    'window-end': ({ job }) => jobs[job]!.closeWindow(),
    wake: ({ job }) => jobs[job]!.wake(),
    quiet: () => jobs.forEach((j) => j.quiet()),
  };

  /** One decision each in a ring that starts after the job served last, until all wait: no job starves by its id. */
  function askAll(): void {
    let waiting = 0;
    let i = lastServed + 1;
    /** throttles change nothing that ends the instant: a strategy must not go on with them for ever */
    let patience = mostInOneInstant;
    while (waiting < jobs.length) {
      const at = i++ % jobs.length;
      if (!jobs[at]!.ask()) {
        waiting++;
        continue;
      }
      lastServed = at;
      waiting = 0;
      if (--patience < 0) throw new DecisionInvalid(`${strategy.name} decides without end at ${nowS} s`);
    }
  }

  function settleAll(): boolean {
    let mayAct = false;
    for (const job of jobs) if (job.settle()) mayAct = true;
    return mayAct;
  }

  return {
    instant(atS, happenings) {
      nowS = atS;
      for (const job of jobs) job.setNow(atS);
      const ordered = happenings.length > 1 ? happenings.toSorted(inOrder) : happenings;
      for (const h of ordered) (apply[h.kind] as (h: Happening) => void)(h);
      do askAll();
      while (settleAll());
      setup.listener?.settled?.(nowS);
      return jobs.some((j) => !j.isOver());
    },
    record() {
      jobs.forEach((j) => j.checkView());
      const each = jobs.map((j) => j.records());
      return {
        endS: nowS,
        jobs: each.map((r) => r.job),
        units: each.flatMap((r) => r.units),
        attempts,
        idleWhileWaitingS: idle.idleS(),
        decisions: setup.log ? decisions : null,
        decisionCount,
        whatIfCount,
      };
    },
  };
}

const recordOf = (order: Order, round: number, startS: number): AttemptRecord => ({
  attempt: order.attempt,
  job: order.job,
  unit: order.unit,
  vm: order.vm,
  proxy: order.proxy,
  agent: order.agent,
  tier: order.tier,
  attemptNo: order.attemptNo,
  round,
  streams: order.lanes.length,
  startS,
  transferS: null,
  endS: null,
  cause: null,
  movedMB: 0,
});

const idOf = (h: Happening): number =>
  'attempt' in h ? h.attempt : 'job' in h ? h.job : 'id' in h ? h.id : 'proxy' in h ? h.proxy : 0;
const inOrder = (a: Happening, b: Happening): number =>
  happeningOrder.indexOf(a.kind) - happeningOrder.indexOf(b.kind) || idOf(a) - idOf(b);
