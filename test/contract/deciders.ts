import { createMirror, type Mirror } from '../../harness/coordinate/mirror.ts';
import { createHeap } from '../../harness/kit/heap.ts';
import type { Id } from '../../harness/model/facts.ts';
import type { Params } from '../../harness/model/params.ts';
import { defineStrategy, type Decision, type Strategy, type View } from '../../harness/model/strategy.ts';

// Throw-away deciders, one for each sort of strategy that the contract has to carry. They are no strategies of the table.

const tiers = [1, 2, 3, 4] as const;
const metadata = {
  contract: 1,
  summary: 'a decider for tests',
  source: 'none',
  additions: 'all of it',
  defaults: {},
  workUnit: () => 'vm',
  keeps: () => ['proxy-limit', 'once-per-round', 'seed-free'],
} as const satisfies Partial<Strategy>;

const hasRoom = (view: View, p: Id) =>
  view.proxies.inService[p] === 1 &&
  view.proxies.active[p]! < view.proxies.limit[p]! &&
  view.agentFree(p) > 0;

/** Proxy-first: a heap of proxies by utilisation, fed by opened and closed; each takes the next unit that it reaches. */
export const byProxy = defineStrategy({
  ...metadata,
  name: 'by-proxy',
  create({ job, cluster }) {
    const heap = createHeap();
    return {
      decide(view): Decision {
        if (view.awaitingCount === 0) return { do: 'end-round' };
        if (view.jobFree === 0) return { do: 'wait' };
        const aside: Id[] = [];
        let start: Decision | null = null;
        while (start === null && heap.size > 0) {
          const proxy = heap.pop()!;
          aside.push(proxy);
          if (!hasRoom(view, proxy)) continue;
          for (const unit of view.awaiting())
            if (job.tier(unit, proxy) > 0) {
              start = { do: 'start', unit, proxy };
              break;
            }
        }
        for (const p of aside) heap.update(p, view.proxies.active[p]! / view.proxies.limit[p]!);
        return start ?? { do: view.jobActive > 0 ? 'wait' : 'end-round' };
      },
      notice(n, view) {
        const changed = n.type === 'round' ? cluster.proxies.map((p) => p.id) : 'proxy' in n ? [n.proxy] : [];
        for (const p of changed) heap.update(p, view.proxies.active[p]! / view.proxies.limit[p]!);
      },
    };
  },
});

/** VM-first: the next unit, and the best tier that has room. */
export const byVm = defineStrategy({
  ...metadata,
  name: 'by-vm',
  create: ({ job }) => ({
    decide(view): Decision {
      if (view.jobFree > 0)
        for (const unit of view.awaiting())
          for (const tier of tiers) {
            const proxy = job.candidates(job.units[unit]!.reach, tier).find((p) => hasRoom(view, p));
            if (proxy !== undefined) return { do: 'start', unit, proxy };
          }
      return { do: view.jobActive > 0 ? 'wait' : 'end-round' };
    },
  }),
});

/** Static queues: all is dealt when the round begins, and never looked at again. */
export const byQueue = defineStrategy({
  ...metadata,
  name: 'by-queue',
  create({ job, cluster }) {
    const queues: Id[][] = cluster.proxies.map(() => []);
    return {
      decide(view): Decision {
        const proxy = queues.findIndex((q, p) => q.length > 0 && hasRoom(view, p));
        if (proxy >= 0 && view.jobFree > 0) return { do: 'start', unit: queues[proxy]!.shift()!, proxy };
        const isDelayed = queues.some((q, p) => q.length > 0 && view.proxies.inService[p] === 1);
        return { do: isDelayed && view.jobActive > 0 ? 'wait' : 'end-round' };
      },
      notice(n) {
        if (n.type !== 'round') return;
        for (const q of queues) q.length = 0;
        for (const unit of n.awaiting) {
          const able = queues.map((q, p) => ({ q, p })).filter(({ p }) => job.tier(unit, p) > 0);
          able.toSorted((a, b) => a.q.length - b.q.length)[0]?.q.push(unit);
        }
      },
    };
  },
});

/** A product's rule, disk by disk: few open snapshots per store, few connections per server, no start while a device is slow. */
export const byDisk = defineStrategy<{
  readonly snapshots: number;
  readonly connections: number;
  readonly latencyMs: number;
}>({
  ...metadata,
  name: 'by-disk',
  defaults: { snapshots: 1, connections: 1, latencyMs: 20 },
  needs: ['latency', 'throttle'],
  workUnit: () => 'disk',
  create({ params, job }) {
    const throttled = new Set<Id>();
    return {
      decide(view): Decision {
        for (const d of view.devices.active.length === 0 ? [] : Array.from(view.devices.active).keys())
          if (view.devices.active[d]! > 1 && !throttled.has(d)) {
            throttled.add(d);
            return { do: 'throttle', device: d, streamMBps: 50 };
          }
        if (view.jobFree > 0)
          for (const unit of view.awaiting()) {
            const { stores, devices, server, reach } = job.units[unit]!;
            if (stores.some((s) => view.stores.openSnapshots[s]! >= params.snapshots)) continue;
            if (devices.some((d) => view.latencyMs(d) >= params.latencyMs)) continue;
            for (const tier of tiers) {
              if (tier >= 3 && view.servers.networkStreams[server]! >= params.connections) break;
              const proxy = job.candidates(reach, tier).find((p) => hasRoom(view, p));
              if (proxy !== undefined) return { do: 'start', unit, proxy };
            }
          }
        if (view.awaitingCount === 0) return { do: 'end-round' };
        return view.jobActive > 0 ? { do: 'wait', untilS: view.nowS + 1 } : { do: 'end-round' };
      },
    };
  },
});

/** Everything that a view says, as plain data. */
export const writtenView = (view: View, unitCount: number, proxyCount: number): string =>
  JSON.stringify({
    ...view,
    nowS: view.nowS,
    awaits: [...view.awaiting()],
    isAwaiting: Array.from({ length: unitCount }, (_, u) => view.isAwaiting(u)),
    attempts: Array.from({ length: unitCount }, (_, u) => view.attempts(u)),
    agentFree: Array.from({ length: proxyCount }, (_, p) => view.agentFree(p)),
  });

/**
 * A strategy behind a wire: it sees nothing but notices that went through JSON, and the view that a second mirror makes of them;
 * at each decision the two views are compared.
 */
export const throughJson = (strategy: Strategy, onCompare: (same: boolean) => void): Strategy => ({
  ...strategy,
  create(setup) {
    const { job, cluster } = setup;
    const decider = strategy.create(setup);
    let there: Mirror | null = null;
    const clock = (view: View) => {
      there ??= createMirror(cluster, job, { latencyMs: view.latencyMs, rateIfMBps: view.rateIfMBps });
      there.setNow(view.nowS);
      return there;
    };
    return {
      decide(view) {
        const { view: far } = clock(view);
        const write = (v: View) => writtenView(v, job.units.length, cluster.proxies.length);
        onCompare(write(far) === write(view));
        return JSON.parse(JSON.stringify(decider.decide(far))) as Decision;
      },
      notice(notice, view) {
        const mirror = clock(view);
        const read = JSON.parse(JSON.stringify(notice)) as typeof notice;
        mirror.apply(read);
        decider.notice?.(read, mirror.view);
      },
    };
  },
});

export const hostile = (
  name: string,
  create: Strategy['create'],
  more: Partial<Strategy<Params>> = {},
): Strategy => ({
  ...metadata,
  name,
  create,
  ...more,
});
