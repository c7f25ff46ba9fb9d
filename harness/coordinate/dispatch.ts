import type { Id, JobFacts } from '../model/facts.ts';
import type { Decision, View } from '../model/strategy.ts';
import type { Asking } from './asking.ts';
import { checkDecision, type Standing, type Start } from './check-decision.ts';
import { DecisionInvalid } from './contract-error.ts';
import { countDeviceStreams, dealLanes } from './lanes.ts';
import type { Rounds } from './rounds.ts';
import type { Shared } from './shared.ts';
import { pickAgent } from './storage-manager.ts';
import type { UnitsState } from './units-state.ts';

/** Carries out one job's decisions: checks each against the coordinator's own account, then acts on it. */
export interface Dispatch {
  /** asks once. @returns whether the strategy acted; false = it waits. @throws {DecisionInvalid} */
  ask(asking: Asking, view: View): boolean;
  /** an attempt of the job ended */
  released(streams: number): void;
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

  function orderOf(unitId: Id, proxy: Id, { streams, agent }: { streams: number; agent: Id }) {
    const { vm, disks } = facts.units[unitId]!;
    const lanes = dealLanes(night.vms[vm]!, disks, streams);
    const tier = facts.tier(unitId, proxy);
    return {
      job: facts.id,
      unit: unitId,
      vm,
      disks,
      proxy,
      agent,
      tier,
      lanes,
      attemptNo: units.attemptsOf(unitId) + 1,
    };
  }

  function start(decision: Start): void {
    const { proxy } = decision;
    const streams = standing.streamsFor(decision);
    const agent = pickAgent(counters, facts.agentsOf(proxy), streams)!;
    const unit = facts.units[decision.unit]!;
    const order = orderOf(unit.id, proxy, { streams, agent });
    units.started(unit.id, shared.now(), rounds.current());
    rounds.count('started');
    jobActive += streams;
    liveCount++;
    const { vm, server, stores } = unit;
    const where = { vm, proxy, agent, server, stores, ...countDeviceStreams(order.lanes) };
    shared.launch(
      order,
      { job: facts.id, unit: unit.id, ...where, tier: order.tier, streams },
      rounds.current(),
    );
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
      const { unit, proxy } = decision.do === 'start' ? decision : { unit: null, proxy: null };
      shared.log({ job: facts.id, what: decision.do, unit, proxy, why: asking.why() });
      return (acts[decision.do] as (d: Decision) => boolean)(decision);
    },
    released(streams) {
      jobActive -= streams;
      liveCount--;
    },
    liveCount: () => liveCount,
    rateIfMBps(unit, proxy) {
      const agent = pickAgent(counters, facts.agentsOf(proxy), 1);
      if (facts.tier(unit, proxy) === 0 || agent === null) return 0;
      return executor.rateIfMBps({ attempt: -1, ...orderOf(unit, proxy, { streams: 1, agent }) });
    },
    findLegalStart() {
      for (const unit of facts.units) {
        if (units.stateOf(unit.id) !== 'waits') continue;
        const proxies = ([1, 2, 3, 4] as const).flatMap((tier) => facts.candidates(unit.reach, tier));
        const proxy = proxies.find(
          (p) => checkDecision(standing, { do: 'start', unit: unit.id, proxy: p }) === null,
        );
        if (proxy !== undefined) return { do: 'start', unit: unit.id, proxy };
      }
      return null;
    },
  };
}
