import type { Id, JobFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { cutRuns } from './cut-runs.ts';
import { createHeap } from './heap.ts';
import { IdSet } from './id-set.ts';
import { createUsableProxies, isDelayed } from './proxy-room.ts';
import { createRoomWatch } from './room-watch.ts';

/** A proxy among which units are dealt. */
export interface Vsa {
  readonly proxy: Id;
  /** streams that it had free when the round began, at least 1: never updated */
  readonly free: number;
}

/** Who gets what, in the order in which each works it off; a unit that nobody gets is left out. */
export type Dealt = readonly { readonly unit: Id; readonly proxy: Id }[];

export interface StaticRule {
  readonly respectLimit: boolean;
  /** the queue of a lost proxy: lost until the next round, or dealt anew over the others */
  readonly onLoss: 'lost' | 'redistribute';
  /** @param vsas by free streams ascending, then id; each reaches some of the units that the round began with */
  readonly deal: (units: readonly Id[], vsas: readonly Vsa[]) => Dealt;
}

export const onLossChoices = ['lost', 'redistribute'] as const;

interface Worker extends Vsa {
  /** among the workers of the round */
  readonly rank: number;
  queue: Id[];
  /** place in the queue: what stands before it has been started */
  next: number;
  readonly attempts: Set<number>;
}

/**
 * The frame of static rules: when a round begins, every unit is dealt to a proxy; each proxy works through its own queue, as
 * many at a time as it had streams free, and none steals. Of several that could go on, the one with the fewest under way.
 */
export function workOffQueues(
  { job, cluster }: Pick<Setup<Params>, 'job' | 'cluster'>,
  { respectLimit, onLoss, deal }: StaticRule,
): Decider {
  const usable = createUsableProxies(job);
  const proxyCount = cluster.proxies.length;
  let workers: Worker[] = [];
  const byProxy = new Map<Id, Worker>();
  /** proxies with something left in their queues */
  const working = new IdSet(proxyCount);
  /** ranks of those that could go on now, by attempts under way */
  const ready = createHeap();
  const room = createRoomWatch(job, { proxyCount, respectLimit }, touch);

  function touch(proxy: Id): void {
    const worker = byProxy.get(proxy);
    if (worker === undefined) return;
    const { rank, next, queue, attempts, free } = worker;
    if (next < queue.length) working.add(proxy);
    else working.delete(proxy);
    if (next < queue.length && attempts.size < free && room.has(proxy)) ready.update(rank, attempts.size);
    else ready.remove(rank);
  }

  function give(units: readonly Id[]): void {
    for (const { unit, proxy } of deal(units, [...byProxy.values()])) byProxy.get(proxy)!.queue.push(unit);
    for (const proxy of byProxy.keys()) touch(proxy);
  }

  function begin(units: readonly Id[], { proxies }: View): void {
    const reached = new Set([...new Set(units.map((u) => job.units[u]!.reach))].flatMap(usable));
    for (const known of [byProxy, working, ready]) known.clear();
    workers = cluster.proxies
      .filter((p) => reached.has(p.id) && proxies.inService[p.id] === 1)
      .map(({ id: proxy }) => ({ proxy, free: Math.max(1, proxies.limit[proxy]! - proxies.active[proxy]!) }))
      .toSorted((a, b) => a.free - b.free || a.proxy - b.proxy)
      .map((vsa, rank) => ({ ...vsa, rank, queue: [], next: 0, attempts: new Set<number>() }));
    for (const worker of workers) byProxy.set(worker.proxy, worker);
    give(units);
  }

  function lose(proxy: Id): void {
    const lost = byProxy.get(proxy);
    if (lost === undefined) return;
    byProxy.delete(proxy);
    working.delete(proxy);
    ready.remove(lost.rank);
    if (onLoss === 'redistribute') give(lost.queue.slice(lost.next));
  }

  return {
    decide(view) {
      if (!isDelayed(job, view, working)) return { do: 'end-round' };
      const rank = view.jobFree === 0 ? null : ready.peekId();
      if (rank === null) return { do: 'wait' };
      const { queue, next, proxy } = workers[rank]!;
      return { do: 'start', unit: queue[next]!, proxy };
    },
    notice(n, view) {
      room.notice(n, view);
      if (n.type === 'round') begin(n.awaiting, view);
      else if (n.type === 'opened' && n.job === job.id) {
        const worker = byProxy.get(n.proxy)!;
        worker.next++;
        worker.attempts.add(n.attempt);
        touch(n.proxy);
      } else if (n.type === 'closed') {
        byProxy.get(n.proxy)?.attempts.delete(n.attempt);
        touch(n.proxy);
      } else if (n.type === 'service' && n.entity === 'proxy') {
        if (!n.inService) lose(n.id);
        // nobody was there when the round began: the first to come back begins it
        else if (byProxy.size === 0) begin([...view.awaiting()], view);
      }
    },
  };
}

/**
 * B1: units by size ascending are cut into one run per proxy, as large as its share of free streams; a unit that its proxy does
 * not reach goes to the next that does, and where none does is left out.
 */
export function dealRuns(job: JobFacts, units: readonly Id[], vsas: readonly Vsa[]): Dealt {
  const sizeMB = (unit: Id) => job.units[unit]!.allocatedMB;
  const bySize = units.toSorted((a, b) => sizeMB(a) - sizeMB(b) || a - b);
  const shares = vsas.map((v) => v.free);
  const placesOf = createPlacesOf(job, vsas);
  return cutRuns(bySize, sizeMB, shares).flatMap((run, k) =>
    run.flatMap((unit) => {
      const able = placesOf(job.units[unit]!.reach);
      const place = able.find((p) => p >= k) ?? able[0];
      return place === undefined ? [] : [{ unit, proxy: vsas[place]!.proxy }];
    }),
  );
}

/** @returns by reach: places of those among the proxies that get to its units, ascending */
export function createPlacesOf(job: JobFacts, vsas: readonly Vsa[]): (reach: Id) => readonly number[] {
  const usable = createUsableProxies(job);
  const placeOf = new Map(vsas.map((v, place) => [v.proxy, place]));
  const known: (readonly number[])[] = [];
  return (reach) =>
    (known[reach] ??= usable(reach)
      .flatMap((p) => placeOf.get(p) ?? [])
      .toSorted((a, b) => a - b));
}
