import type { EndCause, Happening, Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { PhaseListener } from '../model/listener.ts';
import type { AttemptFault, Night } from '../model/night.ts';
import type { ServiceEntity } from '../model/strategy.ts';
import type { FlowSpec, Flows } from './flows.ts';
import { createGraphs, type GraphWatch, type Phase } from './graph.ts';
import { createLimits, type Limits } from './limits.ts';
import type { LoadRecorder } from './load-recorder.ts';
import { viaOf } from './order-places.ts';
import { failAtOnce, phasesOf, type Read } from './phases.ts';
import type { Resources } from './resources.ts';
import type { Services } from './services.ts';
import { createSnapshots } from './snapshots.ts';
import type { Timers } from './timers.ts';
import { createTokens } from './tokens.ts';
import { wayOf } from './way.ts';

/** The attempts under way: from order to end. */
export interface Attempts {
  start(order: Order): void;
  /** ends these, as far as they are under way; what one of them frees goes to none of the others */
  end(attempts: readonly number[], cause: EndCause): void;
  endAll(cause: EndCause): void;
  /** an entity went down this instant */
  lose(entity: ServiceEntity): void;
  /** the loss of a proxy is noticed: what was lost with it fails */
  noticeLoss(proxy: Id): void;
  /** in one instant */
  flowsCompleted(flows: readonly number[]): void;
  throttle(device: Id, streamMBps: number | null): void;
  /** the flow with which an attempt would begin to read */
  firstFlow(order: Order): FlowSpec;
  count(): number;
  /** none is under way, and nothing is held */
  isIdle(): boolean;
  /** of all attempts, transferring or not */
  activeStreams(): number;
}

export interface AttemptsSetup {
  readonly night: Night;
  readonly solver: Flows;
  readonly r: Resources;
  readonly timers: Timers;
  readonly recorder: LoadRecorder;
  readonly now: () => number;
  readonly report: (happening: Happening) => void;
  readonly services: () => Services;
  readonly listener?: PhaseListener | undefined;
}

interface Attempt {
  readonly order: Order;
  /** why it fails, if one of its phases does */
  readonly cause: EndCause | null;
  movedMB: number;
  isTransferring: boolean;
  /** its proxy is gone, which is not noticed yet */
  isFrozen: boolean;
}

const firstRead = { lane: 0, place: 0, fails: false };

export function createAttempts({
  night,
  solver,
  r,
  timers,
  recorder,
  now,
  report,
  services,
  listener,
}: AttemptsSetup): Attempts {
  const tokens = createTokens();
  const limits = createLimits(night, tokens);
  const snapshots = createSnapshots(night, { r, tokens, limits, now });
  const attempts = new Map<number, Attempt>();
  const throttleMBps = new Map<Id, number>();
  const upAtS = new Map<Id, number>();
  let activeStreams = 0;

  const graphs = createGraphs({
    solver,
    timers,
    tokens,
    now,
    watch: listener === undefined ? undefined : watchFor(listener, limits, now),
    beforeRelease: (attempt) => snapshots.drop(attempts.get(attempt)!.order),
    onEnd: (attempt, failed) =>
      failed === null ? close(attempt, 'finished') : end([[attempt, attempts.get(attempt)!.cause!]]),
  });

  const capMBps = (tier: Order['tier'], device: Id) =>
    Math.min(night.streamCapMBps(tier), throttleMBps.get(device) ?? Infinity);

  const flowOf = (order: Order, { device, sizeMB, reads }: Read): FlowSpec => ({
    sizeMB,
    reads,
    capMBps: capMBps(order.tier, device),
    uses: wayOf(night, r, { order, device }),
  });

  /** What of an attempt's way is down, but for its proxy: that is noticed later. */
  function lossOf(order: Order): EndCause | null {
    const { vm, disks, agent } = order;
    const { server, disks: all } = night.vms[vm]!;
    const { isUp } = services();
    if (!isUp('server', server) || !isUp('server', viaOf(night, order) ?? server)) return 'server-lost';
    if (disks.some((d) => !isUp('store', all[d]!.store))) return 'store-lost';
    if (disks.some((d) => !isUp('device', all[d]!.device))) return 'device-lost';
    return isUp('agent', agent) ? null : 'agent-lost';
  }

  function faultOf({ vm, proxy, lanes, attemptNo }: Order): AttemptFault | null {
    const devices = [...new Set(lanes.flat().map((read) => read.device))];
    return night.faults.faultOf({ vm, proxy, devices, attemptNo, startS: now() });
  }

  /** The first start on a dormant proxy boots it; others wait for it. */
  function bootS(proxy: Id): number {
    const takesS = night.proxies[proxy]!.bootS;
    if (takesS === null) return 0;
    if (!upAtS.has(proxy)) upAtS.set(proxy, now() + takesS);
    return Math.max(0, upAtS.get(proxy)! - now());
  }

  function phasesFor(order: Order, attempt: Attempt, fault: AttemptFault | null): readonly Phase[] {
    const { proxy, tier } = order;
    return phasesOf(order, {
      night,
      limits,
      snapshots,
      bootS: bootS(proxy),
      fault,
      flowOf: (read) => flowOf(order, read),
      onRead(flow, device) {
        recorder.begin(flow, { device, proxy, tier });
        if (!attempt.isTransferring) report({ kind: 'transferring', attempt: order.attempt });
        attempt.isTransferring = true;
      },
      onReadEnd(flow, movedMB) {
        recorder.end(flow, movedMB);
        attempt.movedMB += movedMB;
      },
    });
  }

  /** Its graph is gone: tell the coordinator. */
  function close(id: number, cause: EndCause | 'finished'): void {
    const { order, movedMB } = attempts.get(id)!;
    attempts.delete(id);
    activeStreams -= order.lanes.length;
    report({ kind: 'ended', attempt: id, cause, movedMB });
  }

  function end(ends: readonly (readonly [id: number, cause: EndCause])[]): void {
    graphs.abandon(ends.map(([id]) => id));
    for (const [id, cause] of ends) close(id, cause);
  }

  const endWhere = (causeOf: (attempt: Attempt) => EndCause | null): void =>
    end(
      Array.from(attempts).flatMap(([id, attempt]) => {
        const cause = causeOf(attempt);
        return cause === null ? [] : [[id, cause] as const];
      }),
    );

  return {
    start(order) {
      const isFrozen = !services().isUp('proxy', order.proxy);
      const lost = lossOf(order);
      const fault = lost === null ? faultOf(order) : null;
      const attempt: Attempt = {
        order,
        cause: lost ?? fault?.cause ?? null,
        movedMB: 0,
        isTransferring: false,
        isFrozen,
      };
      attempts.set(order.attempt, attempt);
      activeStreams += order.lanes.length;
      graphs.begin(
        order.attempt,
        lost === null && !isFrozen ? phasesFor(order, attempt, fault) : failAtOnce(night),
      );
      if (isFrozen) graphs.freeze([order.attempt]);
    },
    end: (ids, cause) => end(ids.filter((id) => attempts.has(id)).map((id) => [id, cause])),
    endAll: (cause) => endWhere(() => cause),
    lose(entity) {
      if (entity !== 'proxy') return endWhere((a) => lossOf(a.order));
      const lost = Array.from(attempts.values()).filter(
        (a) => !a.isFrozen && !services().isUp('proxy', a.order.proxy),
      );
      for (const attempt of lost) attempt.isFrozen = true;
      graphs.freeze(lost.map((a) => a.order.attempt));
    },
    noticeLoss: (proxy) => endWhere((a) => (a.isFrozen && a.order.proxy === proxy ? 'proxy-lost' : null)),
    flowsCompleted: graphs.completed,
    throttle(device, streamMBps) {
      if (streamMBps === null) throttleMBps.delete(device);
      else throttleMBps.set(device, streamMBps);
      for (const flow of Array.from(solver.flows())) {
        const read = recorder.readOf(flow);
        if (read?.device === device) solver.setCap(flow, capMBps(read.tier, device));
      }
    },
    firstFlow: (order) => flowOf(order, { device: order.lanes[0]![0]!.device, sizeMB: 0, reads: firstRead }),
    count: () => attempts.size,
    isIdle: () => attempts.size === 0 && tokens.isIdle(),
    activeStreams: () => activeStreams,
  };
}

const watchFor = (listener: PhaseListener, limits: Limits, now: () => number): GraphWatch => ({
  waits: (attempt, phase, pools) =>
    listener.waits?.({ attempt, phase, nowS: now() }, pools.map(limits.queueOf)),
  begins: (attempt, phase, flow) => listener.begins?.({ attempt, phase, nowS: now() }, flow),
  ends: (attempt, phase) => listener.ends?.({ attempt, phase, nowS: now() }),
  halts: (attempt) => listener.halts?.(attempt, now()),
});
