import { tiers } from '../model/access.ts';
import type { Order } from '../model/executor.ts';
import type { Id, JobFacts, UnitFacts } from '../model/facts.ts';
import type { Decision, StreamNotice, View } from '../model/strategy.ts';
import type { Asking } from './asking.ts';
import { checkDecision, type Standing, type Start } from './check-decision.ts';
import { DecisionInvalid } from './contract-error.ts';
import { dealLanes } from './lanes.ts';
import type { Rounds } from './rounds.ts';
import type { Shared } from './shared.ts';
import { pickAgent } from './storage-manager.ts';
import { openedOf } from './stream-notices.ts';
import type { UnitsState } from './units-state.ts';

/** Carries out one job's decisions: checks each against the coordinator's own account, then acts on it. */
export interface Dispatch {
  /** asks once. @returns whether the strategy acted; false = it waits. @throws {DecisionInvalid} */
  ask(asking: Asking, view: View): boolean;
  /** an attempt of the job ended */
  released(stream: StreamNotice): void;
  /** by device: streams of the job, its own account */
  readonly deviceStreams: Int32Array;
  /** attempts of the job under way */
  liveCount(): number;
  /** answers a what-if question; 0 = the unit could not be read so */
  rateIfMBps(unit: Id, proxy: Id): number;
  /** any start that would be legal now; null = none */
  findLegalStart(): Start | null;
}

export function createDispatch(
  shared: Shared,
  facts: JobFacts,
  { units, rounds }: { units: UnitsState; rounds: Rounds },
): Dispatch {
  const { night, executor, counters, strategy, params } = shared;
  const job = night.jobs[facts.id]!;
  const keeps = strategy.keeps(params);
  let jobActive = 0;
  let liveCount = 0;
  const deviceStreams = new Int32Array(night.devices.length);

  const slotsOfJob = counters.sumSlots(job.agents);
  const agentFree = night.proxies.map((p) => counters.mostSlots(facts.agentsOf(p.id)));

  const standing: Standing = {
    night,
    job: facts,
    keeps,
    counters,
    get nowS() {
      return shared.now();
    },
    get round() {
      return rounds.current();
    },
    get jobFree() {
      return Math.max(0, Math.min(job.streams - jobActive, slotsOfJob()));
    },
    isAwaiting: (unit) => units.stateOf(unit) === 'waits',
    agentFree: (proxy) => agentFree[proxy]!(),
    streamsFor: (d) => d.streams ?? defaultStreams(d),
  };

  /** As many as the job allows per VM (A8), and no more than are free; at least one, which the check may refuse. */
  function defaultStreams({ unit, proxy }: Start): number {
    const proxyFree = keeps.includes('proxy-limit')
      ? counters.proxies.limit[proxy]! - counters.proxies.active[proxy]!
      : Infinity;
    return Math.max(
      1,
      Math.min(
        job.streamsPerVm,
        facts.units[unit]!.disks.length,
        standing.jobFree,
        standing.agentFree(proxy),
        proxyFree,
      ),
    );
  }

  function orderOf(
    { id, vm, disks }: UnitFacts,
    proxy: Id,
    { attempt, streams, agent }: { attempt: number; streams: number; agent: Id },
  ): Order {
    return {
      attempt,
      job: facts.id,
      unit: id,
      vm,
      disks,
      proxy,
      agent,
      tier: facts.tier(id, proxy),
      lanes: dealLanes(night.vms[vm]!, disks, streams),
      attemptNo: units.attemptsOf(id) + 1,
    };
  }

  function start(decision: Start): void {
    const { proxy } = decision;
    const streams = standing.streamsFor(decision);
    const agent = pickAgent(counters, facts.agentsOf(proxy), streams)!;
    const unit = facts.units[decision.unit]!;
    const order = orderOf(unit, proxy, { attempt: shared.nextAttempt(), streams, agent });
    const opened = openedOf(order, unit);
    units.started(unit.id, shared.now(), rounds.current());
    rounds.count('started');
    count(opened, 1);
    shared.launch(order, opened, rounds.current());
  }

  function count(stream: StreamNotice, sign: 1 | -1): void {
    jobActive += sign * stream.streams;
    liveCount += sign;
    for (let i = 0; i < stream.devices.length; i++)
      deviceStreams[stream.devices[i]!]! += sign * stream.deviceStreams[i]!;
  }

  const acts: { readonly [D in Decision['do']]: (d: Extract<Decision, { do: D }>) => boolean } = {
    start(d) {
      start(d);
      return true;
    },
    throttle(d) {
      if (!strategy.needs?.includes('throttle'))
        throw new DecisionInvalid(`${strategy.name} throttles, which it does not list in needs`);
      executor.throttle(d.device, d.streamMBps);
      return true;
    },
    wait(d) {
      // nothing starts after the window's end
      if (d.untilS !== undefined && d.untilS < job.windowEndS) executor.wake(facts.id, d.untilS);
      return false;
    },
    'end-round'() {
      rounds.endStarts();
      return false;
    },
  };

  return {
    ask(asking, view) {
      const decision = asking.decide(view);
      const problem = checkDecision(standing, decision);
      if (problem !== null)
        throw new DecisionInvalid(`${strategy.name} at ${shared.now()} s, job ${job.name}: ${problem}`);
      shared.log(facts.id, decision, asking.why());
      return (acts[decision.do] as (d: Decision) => boolean)(decision);
    },
    released: (stream) => count(stream, -1),
    deviceStreams,
    liveCount: () => liveCount,
    rateIfMBps(unit, proxy) {
      const agent = pickAgent(counters, facts.agentsOf(proxy), 1);
      if (facts.tier(unit, proxy) === 0 || agent === null) return 0;
      return executor.rateIfMBps(orderOf(facts.units[unit]!, proxy, { attempt: -1, streams: 1, agent }));
    },
    findLegalStart() {
      for (const unit of facts.units) {
        if (units.stateOf(unit.id) !== 'waits') continue;
        const proxies = tiers.flatMap((tier) => facts.candidates(unit.reach, tier));
        const proxy = proxies.find(
          (p) => checkDecision(standing, { do: 'start', unit: unit.id, proxy: p }) === null,
        );
        if (proxy !== undefined) return { do: 'start', unit: unit.id, proxy };
      }
      return null;
    },
  };
}
