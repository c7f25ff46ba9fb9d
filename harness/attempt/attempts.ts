import type { EndCause, Happening, Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { PhaseListener } from '../model/listener.ts';
import type { AttemptFault, Night } from '../model/night.ts';
import type { ServiceEntity } from '../model/strategy.ts';
import { Attempt } from './attempt.ts';
import { createCourse, type CourseWatch } from './course.ts';
import type { FlowSpec, Flows } from './flows.ts';
import { createLimits, type Limits, type Placed } from './limits.ts';
import type { LoadRecorder } from './load-recorder.ts';
import { devicesOf, placesOf, type OrderPlaces } from './order-places.ts';
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

export function createAttempts(setup: AttemptsSetup): Attempts {
  const { night, solver, r, timers, recorder, now, report, services, listener } = setup;
  const tokens = createTokens();
  const limits = createLimits(night, tokens);
  const snapshots = createSnapshots(night, { r, tokens, limits, now });
  const attempts = new Map<number, Attempt>();
  const throttleMBps = new Map<Id, number>();
  const upAtS = new Map<Id, number>();
  let activeStreams = 0;

  const capMBps = (tier: Order['tier'], device: Id) =>
    Math.min(night.streamCapMBps(tier), throttleMBps.get(device) ?? Infinity);

  const course = createCourse({
    parts: { night, limits, snapshots },
    solver,
    timers,
    tokens,
    now,
    attemptOf: (id) => attempts.get(id)!,
    flowOf: (a, { lane, place, device, sizeMB, fails }) => ({
      sizeMB,
      reads: { lane, place, fails },
      capMBps: capMBps(a.order.tier, device),
      uses: wayOf(night, r, a, device),
    }),
    onRead(a, { device }, flow) {
      const { attempt, proxy, tier } = a.order;
      recorder.begin(flow, { device, proxy, tier });
      if (!a.isTransferring) report({ kind: 'transferring', attempt });
      a.isTransferring = true;
    },
    onReadEnd(a, flow, movedMB) {
      recorder.end(flow, movedMB);
      a.movedMB += movedMB;
    },
    beforeRelease: (a) => snapshots.drop(a.order, a.removesSinceS),
    onEnd: (a, isFailed) => (isFailed ? end([[a, a.cause!]]) : close(a, 'finished')),
    watch: listener === undefined ? undefined : watchFor(listener, limits, now),
  });

  /** What of an attempt's way is down, but for its proxy: that is noticed later. */
  function lossOf({ order, places }: Placed): EndCause | null {
    if (services().isAllUp()) return null;
    const { vm, disks, agent } = order;
    const { server, disks: all } = night.vms[vm]!;
    const { isUp } = services();
    if (!isUp('server', server) || !isUp('server', places.via ?? server)) return 'server-lost';
    if (disks.some((d) => !isUp('store', all[d]!.store))) return 'store-lost';
    if (disks.some((d) => !isUp('device', all[d]!.device))) return 'device-lost';
    return isUp('agent', agent) ? null : 'agent-lost';
  }

  function faultOf(order: Order): AttemptFault | null {
    const { vm, proxy, attemptNo } = order;
    return night.faults.faultOf({ vm, proxy, devices: devicesOf(order), attemptNo, startS: now() });
  }

  /** The first start on a dormant proxy boots it; others wait for it. */
  function bootS(proxy: Id): number {
    const takesS = night.proxies[proxy]!.bootS;
    if (takesS === null) return 0;
    if (!upAtS.has(proxy)) upAtS.set(proxy, now() + takesS);
    return Math.max(0, upAtS.get(proxy)! - now());
  }

  /** It is over: tell the coordinator. */
  function close({ order, movedMB }: Attempt, cause: EndCause | 'finished'): void {
    attempts.delete(order.attempt);
    activeStreams -= order.lanes.length;
    report({ kind: 'ended', attempt: order.attempt, cause, movedMB });
  }

  function end(ends: readonly (readonly [attempt: Attempt, cause: EndCause])[]): void {
    course.abandon(ends.map(([attempt]) => attempt));
    for (const [attempt, cause] of ends) close(attempt, cause);
  }

  const endWhere = (causeOf: (attempt: Attempt) => EndCause | null): void =>
    end(
      Array.from(attempts.values()).flatMap((attempt) => {
        const cause = causeOf(attempt);
        return cause === null ? [] : [[attempt, cause] as const];
      }),
    );

  const isProxyUp = (proxy: Id) => services().isUp('proxy', proxy);

  return {
    start(order) {
      const places: OrderPlaces = placesOf(night, order);
      const isFrozen = !isProxyUp(order.proxy);
      const lost = lossOf({ order, places });
      const fault = lost === null ? faultOf(order) : null;
      const isWhole = lost === null && !isFrozen && fault?.phase !== 'start';
      const attempt = new Attempt(order, {
        places,
        fault,
        cause: lost ?? fault?.cause ?? null,
        isFrozen,
        bootS: lost === null && !isFrozen ? bootS(order.proxy) : 0,
        onTimer: course.finish,
      });
      attempts.set(order.attempt, attempt);
      activeStreams += order.lanes.length;
      course.begin(attempt, isWhole ? 'wholly' : 'fail at once');
      if (isFrozen) course.freeze([attempt]);
    },
    end: (ids, cause) => end(ids.flatMap((id) => (attempts.has(id) ? [[attempts.get(id)!, cause]] : []))),
    endAll: (cause) => endWhere(() => cause),
    lose(entity) {
      if (entity !== 'proxy') return endWhere(lossOf);
      const lost = Array.from(attempts.values()).filter((a) => !a.isFrozen && !isProxyUp(a.order.proxy));
      for (const attempt of lost) attempt.isFrozen = true;
      course.freeze(lost);
    },
    noticeLoss: (proxy) => endWhere((a) => (a.isFrozen && a.order.proxy === proxy ? 'proxy-lost' : null)),
    flowsCompleted: course.completed,
    throttle(device, streamMBps) {
      if (streamMBps === null) throttleMBps.delete(device);
      else throttleMBps.set(device, streamMBps);
      for (const flow of Array.from(solver.flows())) {
        const read = recorder.readOf(flow);
        if (read?.device === device) solver.setCap(flow, capMBps(read.tier, device));
      }
    },
    firstFlow(order) {
      const { device } = order.lanes[0]![0]!;
      return {
        sizeMB: 0,
        capMBps: capMBps(order.tier, device),
        uses: wayOf(night, r, { order, places: placesOf(night, order) }, device),
      };
    },
    count: () => attempts.size,
    isIdle: () => attempts.size === 0 && tokens.isIdle(),
    activeStreams: () => activeStreams,
  };
}

const watchFor = (listener: PhaseListener, limits: Limits, now: () => number): CourseWatch => ({
  waits: (attempt, phase, pools) =>
    listener.waits?.({ attempt, phase, nowS: now() }, pools.map(limits.queueOf)),
  begins: (attempt, phase, flow) => listener.begins?.({ attempt, phase, nowS: now() }, flow),
  ends: (attempt, phase) => listener.ends?.({ attempt, phase, nowS: now() }),
  halts: (attempt) => listener.halts?.(attempt, now()),
});
