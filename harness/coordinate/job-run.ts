import type { EndCause } from '../model/executor.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { JobPresence } from '../model/listener.ts';
import type { JobRecord, UnitRecord } from '../model/record.ts';
import type { Need, Notice, Strategy, StreamNotice } from '../model/strategy.ts';
import { createAsking, guarded, type Asking } from './asking.ts';
import { DecisionInvalid } from './contract-error.ts';
import { differenceOf, findDifference, sizeOf } from './counters.ts';
import { createDispatch } from './dispatch.ts';
import { inheritedOf } from './inherited.ts';
import { createLeadership } from './leadership.ts';
import { createMirror } from './mirror.ts';
import { createRounds } from './rounds.ts';
import type { Shared } from './shared.ts';
import { nameRoles } from './storage-manager.ts';
import { createUnitsState } from './units-state.ts';

/** A unit that fails again and again waits for the next round after so many attempts in one: no instant without end. */
const maxAttemptsInRound = 10;
/** The view is held against the coordinator's own account as often as costs a few of its numbers a decision: small ones so often. */
const mostOftenEvery = 64;
const numbersADecision = 8;

/** One job of the night: its strategy, its roles, its rounds. */
export interface JobRun {
  readonly facts: JobFacts;
  /** for whoever listens */
  readonly presence: JobPresence;
  begin(): void;
  closeWindow(): void;
  wake(): void;
  /** something outside the job changed: a round that found nothing to do may look again */
  stir(): void;
  /** it is gone, which is not noticed yet */
  proxyDown(proxy: Id): void;
  proxyService(proxy: Id, inService: boolean): void;
  /** nothing more will happen by itself */
  quiet(): void;
  ended(stream: StreamNotice, cause: EndCause | 'finished', movedMB: number): void;
  notice(notice: Notice): void;
  setNow(nowS: number): void;
  /** asks once. @returns whether it acted; false = it waits or has nothing to say */
  ask(): boolean;
  /** closes a round that is over. @returns whether the job may act again */
  settle(): boolean;
  isOver(): boolean;
  records(): { job: JobRecord; units: UnitRecord[] };
  /** @throws {DecisionInvalid} where the strategy wrote to its view */
  checkView(): void;
}

export function createJobRun(shared: Shared, jobId: Id): JobRun {
  const { night, executor, counters, strategy, params } = shared;
  const job = night.jobs[jobId]!;
  const [workUnit, keeps] = guarded(strategy.name, () => [strategy.workUnit(params), strategy.keeps(params)]);
  const facts = night.jobFacts(jobId, workUnit);
  const units = createUnitsState(facts, (unit, change) =>
    shared.idle.count(facts, facts.units[unit]!.reach, change),
  );
  const leadership = createLeadership({
    nameRoles: () => nameRoles({ night, job, facts, counters }),
    now: shared.now,
    wakeAt: (atS) => executor.wake(jobId, atS),
    detectS: night.detectS,
    takeoverS: night.takeoverS,
  });
  /** null = nobody is there to decide */
  let asking: Asking | null = null;
  const compareEvery = Math.max(mostOftenEvery, Math.ceil(sizeOf(counters) / numbersADecision));
  let decisions = 0;

  const rounds = createRounds({
    job,
    facts,
    units,
    now: shared.now,
    wakeAt: (atS) => executor.wake(jobId, atS),
    open: (round, awaiting) => tell({ type: 'round', round, awaiting: Object.freeze([...awaiting]) }),
  });
  const dispatch = createDispatch(shared, facts, { units, rounds });
  const mirror = createMirror(night.facts, facts, {
    latencyMs(device) {
      checkNeed(strategy, 'latency');
      return executor.latencyMs(device);
    },
    rateIfMBps(unit, proxy) {
      checkNeed(strategy, 'what-if');
      shared.countWhatIf();
      return dispatch.rateIfMBps(unit, proxy);
    },
  });

  function tell(notice: Notice): void {
    Object.freeze(notice);
    mirror.apply(notice);
    asking?.notice(notice, mirror.view);
  }

  function lead(): void {
    if (!leadership.name()) return;
    const inherited = () => inheritedOf(shared, facts, units);
    const takeovers = leadership.takeovers.length;
    asking = createAsking(shared, facts, { roles: leadership.roles(), takeovers, inherited });
    rounds.resume();
  }

  function checkView(): void {
    const { activeThisJob } = mirror.view.devices;
    const difference =
      findDifference(mirror.counters, counters) ??
      differenceOf('devices.activeThisJob', activeThisJob, dispatch.deviceStreams);
    if (difference !== null) throw new DecisionInvalid(`${strategy.name} wrote to the view: ${difference}`);
  }

  return {
    facts,
    presence: {
      facts,
      view: mirror.view,
      state: () => (asking === null && rounds.isUnderWay() ? 'leaderless' : rounds.phase()),
    },
    setNow: mirror.setNow,
    checkView,
    notice: tell,
    stir: () => rounds.stir(),
    isOver: () => rounds.isOver(),
    begin() {
      rounds.begin();
      lead();
    },
    closeWindow() {
      rounds.closeWindow();
      if (job.atWindowEnd === 'finish') return;
      for (const stream of shared.underWay())
        if (stream.job === jobId) executor.stop(stream.attempt, 'window');
    },
    wake() {
      if (rounds.isUnderWay() && leadership.isDue()) lead();
      rounds.wake();
    },
    proxyDown(proxy) {
      leadership.gone(proxy);
      if (rounds.isUnderWay() && leadership.lose(proxy, shared.now() + night.detectS)) asking = null;
    },
    proxyService(proxy, inService) {
      if (!rounds.isUnderWay()) return;
      if (inService && leadership.isDue()) lead();
      // an executor may tell of a loss only once it is noticed
      if (!inService && leadership.lose(proxy, shared.now())) asking = null;
    },
    quiet() {
      const legal = rounds.isAsking() && asking !== null ? dispatch.findLegalStart() : null;
      if (legal !== null) {
        const [unit, proxy] = [facts.units[legal.unit]!.key, night.proxies[legal.proxy]!.name];
        throw new DecisionInvalid(
          `${strategy.name} waits for ever: ${unit} could start on proxy ${proxy}, and nothing else will happen`,
        );
      }
      rounds.quiet(asking !== null);
    },
    ended(stream, cause, movedMB) {
      const { unit, proxy } = stream;
      dispatch.released(stream);
      units.ended(unit, shared.now(), cause);
      if (cause === 'finished') {
        rounds.count('finished');
        tell({ type: 'finished', unit, proxy, movedMB });
        return;
      }
      rounds.count('failed');
      const retries = !keeps.includes('once-per-round') && rounds.isAsking();
      const awaits = retries && units.attemptsInRound(unit) < maxAttemptsInRound;
      if (awaits) units.set(unit, 'waits');
      tell({ type: 'failed', unit, proxy, cause, movedMB, attempts: units.attemptsOf(unit), awaits });
    },
    ask() {
      if (!rounds.isAsking() || asking === null) return false;
      if (++decisions % compareEvery === 0) checkView();
      return dispatch.ask(asking, mirror.view);
    },
    settle: () =>
      (asking !== null || rounds.isWindowClosed()) && dispatch.liveCount() === 0 && rounds.settle(),
    records: () => ({
      job: {
        job: jobId,
        coordinator: leadership.first()?.coordinator ?? null,
        controllers: leadership.first()?.controllers ?? [],
        takeovers: leadership.takeovers,
        startS: job.startS,
        endS: rounds.endS(),
        end: rounds.end() ?? 'quiet',
        rounds: rounds.records(),
      },
      units: units.records(rounds.isWindowClosed()),
    }),
  };
}

function checkNeed({ name, needs }: Strategy, need: Need): void {
  if (!needs?.includes(need))
    throw new DecisionInvalid(`${name} asks for ${need}, which it does not list in needs`);
}
