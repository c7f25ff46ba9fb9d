import { createCoordinator, type CoordinatorRecord } from '../../harness/coordinate/coordinator.ts';
import { createRandom } from '../../harness/kit/rng.ts';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import type { Document } from '../../harness/model/document/document.ts';
import {
  sameInstantS,
  type Coordinator,
  type EndCause,
  type Executor,
  type Happening,
  type Order,
} from '../../harness/model/executor.ts';
import type { Night } from '../../harness/model/night.ts';
import type { Params } from '../../harness/model/params.ts';
import type { Need, Strategy } from '../../harness/model/strategy.ts';

// An executor without physics, for tests of decisions: every attempt moves 100 MB/s in each of its lanes, whatever else runs.
// Faults and outages are those of the night. It shares nothing with the real ones.

const MBps = 100;

export interface Fake extends Executor {
  readonly orders: readonly Order[];
  readonly throttles: readonly { readonly device: number; readonly streamMBps: number | null }[];
}

export function createFakeExecutor(
  night: Night,
  offers: readonly Need[] = ['what-if', 'latency', 'throttle'],
): Fake {
  let pending: { atS: number; happening: Happening }[] = [];
  const live = new Map<number, Order>();
  const orders: Order[] = [];
  const throttles: { device: number; streamMBps: number | null }[] = [];
  let nowS = 0;
  const at = (atS: number, happening: Happening) => pending.push({ atS, happening });

  const sizeMB = (order: Order) =>
    order.lanes.reduce((sum, lane) => sum + lane.reduce((s, read) => s + read.sizeMB, 0), 0);
  const durationS = (order: Order) =>
    Math.max(...order.lanes.map((lane) => lane.reduce((s, read) => s + read.sizeMB, 0))) / MBps;

  function end(attempt: number, atS: number, cause: EndCause | 'finished', movedMB: number): void {
    pending = pending.filter(({ happening: h }) => !(h.kind === 'ended' && h.attempt === attempt));
    at(atS, { kind: 'ended', attempt, cause, movedMB });
  }

  /** Attempts on a lost proxy end with it, in the same instant. */
  function loseWith(happenings: readonly Happening[]): Happening[] {
    const ended = new Set(happenings.map((h) => (h.kind === 'ended' ? h.attempt : -1)));
    const lost = happenings.filter((h) => h.kind === 'service' && h.entity === 'proxy' && !h.inService);
    const orphans = [...live.values()].filter(
      (o) => !ended.has(o.attempt) && lost.some((h) => h.kind === 'service' && h.id === o.proxy),
    );
    pending = pending.filter(
      ({ happening: h }) => !(h.kind === 'ended' && orphans.some((o) => o.attempt === h.attempt)),
    );
    return orphans.map((o) => ({ kind: 'ended', attempt: o.attempt, cause: 'proxy-lost', movedMB: 0 }));
  }

  return {
    clock: 'virtual',
    offers,
    orders,
    throttles,
    start(order) {
      orders.push(order);
      live.set(order.attempt, order);
      const { vm, proxy, attemptNo } = order;
      const devices = [...new Set(order.lanes.flatMap((lane) => lane.map((read) => read.device)))];
      const fault = night.faults.faultOf({ vm, proxy, devices, attemptNo, startS: nowS });
      if (fault === null) return end(order.attempt, nowS + durationS(order), 'finished', sizeMB(order));
      const share = fault.phase === 'transfer' ? fault.atShare : 0;
      const failS = share > 0 ? share * durationS(order) : night.faults.failAtOnceS;
      end(order.attempt, nowS + failS, fault.cause, share * sizeMB(order));
    },
    stop: (attempt, cause) => end(attempt, nowS, cause, 0),
    throttle: (device, streamMBps) => void throttles.push({ device, streamMBps }),
    wake: (job, atS) => void at(atS, { kind: 'wake', job }),
    latencyMs: () => 1,
    rateIfMBps: () => MBps,
    run(coordinator: Coordinator) {
      for (const job of night.jobs) {
        at(job.startS, { kind: 'job-due', job: job.id });
        at(job.windowEndS, { kind: 'window-end', job: job.id });
      }
      for (const { entity, id, fromS, toS } of night.faults.outages) {
        at(fromS, { kind: 'service', entity, id, inService: false });
        if (toS !== null) at(toS, { kind: 'service', entity, id, inService: true });
      }
      const isOpen = () => live.size > 0 || pending.some(({ happening: h }) => h.kind !== 'window-end');
      for (let quiet = false, goesOn = true; goesOn;) {
        if (!isOpen()) {
          if (quiet) throw new Error('the coordinator neither starts anything nor ends the night');
          quiet = true;
          goesOn = coordinator.instant(nowS, [{ kind: 'quiet' }]);
          continue;
        }
        quiet = false;
        const firstS = Math.min(...pending.map((p) => p.atS));
        const due = pending.filter((p) => p.atS <= firstS + sameInstantS).map((p) => p.happening);
        pending = pending.filter((p) => p.atS > firstS + sameInstantS);
        due.push(...loseWith(due));
        for (const h of due) if (h.kind === 'ended') live.delete(h.attempt);
        nowS = firstS;
        goesOn = coordinator.instant(nowS, due);
      }
    },
  };
}

export interface Played extends CoordinatorRecord {
  readonly night: Night;
  readonly throttles: Fake['throttles'];
}

/** One night of the document under the strategy, against the executor without physics. */
export function play(
  document: Document,
  strategy: Strategy,
  given: Params = {},
  { nightSeed = 1, offers }: { nightSeed?: number; offers?: readonly Need[] } = {},
): Played {
  const night = compileNight(document, { clusterSeed: 1, nightSeed });
  const executor = createFakeExecutor(night, offers);
  const coordinator = createCoordinator({
    night,
    strategy,
    params: resolveParams(strategy, given),
    executor,
    randomFor: (job, takeovers) => createRandom(`${nightSeed}/${job}/${takeovers}`),
    log: true,
  });
  void executor.run(coordinator);
  return { ...coordinator.record(), night, throttles: executor.throttles };
}

/** The starts of a night as readable lines: "0 sql-1 on proxy-2". */
export const startsOf = ({ night, attempts }: Pick<Played, 'night' | 'attempts'>): string[] =>
  attempts.map((a) => `${a.startS} ${night.vms[a.vm]!.key} on ${night.proxies[a.proxy]!.name}`);
