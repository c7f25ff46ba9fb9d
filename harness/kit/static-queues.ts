import type { Id, JobFacts } from '../model/facts.ts';
import type { Decider, Setup, View } from '../model/strategy.ts';
import type { Params } from '../model/params.ts';
import { cutRuns } from './cut-runs.ts';
import { pickMin } from './pick.ts';
import { canServeLater, createUsableProxies, hasRoom } from './proxy-room.ts';

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
  let workers: Worker[] = [];

  function give(units: readonly Id[]): void {
    const byProxy = new Map(workers.map((w) => [w.proxy, w]));
    for (const { unit, proxy } of deal(units, workers)) byProxy.get(proxy)!.queue.push(unit);
  }

  function begin(units: readonly Id[], { proxies }: View): void {
    const reached = new Set([...new Set(units.map((u) => job.units[u]!.reach))].flatMap(usable));
    workers = cluster.proxies
      .filter((p) => reached.has(p.id) && proxies.inService[p.id] === 1)
      .map(({ id: proxy }) => ({
        proxy,
        free: Math.max(1, proxies.limit[proxy]! - proxies.active[proxy]!),
        queue: [],
        next: 0,
        attempts: new Set<number>(),
      }))
      .toSorted((a, b) => a.free - b.free || a.proxy - b.proxy);
    give(units);
  }

  return {
    decide(view) {
      const working = workers.filter((w) => w.next < w.queue.length && canServeLater(job, view, w.proxy));
      if (working.length === 0) return { do: 'end-round' };
      const able = working.filter((w) => w.attempts.size < w.free && hasRoom(view, w.proxy, respectLimit));
      const turn = view.jobFree === 0 ? null : pickMin(able.keys(), (k) => able[k]!.attempts.size);
      if (turn === null) return { do: 'wait' };
      const { queue, next, proxy } = able[turn]!;
      return { do: 'start', unit: queue[next]!, proxy };
    },
    notice(n, view) {
      if (n.type === 'round') begin(n.awaiting, view);
      else if (n.type === 'opened' && n.job === job.id) {
        const worker = workers.find((w) => w.proxy === n.proxy)!;
        worker.next++;
        worker.attempts.add(n.attempt);
      } else if (n.type === 'closed') workers.find((w) => w.proxy === n.proxy)?.attempts.delete(n.attempt);
      else if (n.type === 'service' && n.entity === 'proxy') {
        const lost = n.inService ? undefined : workers.find((w) => w.proxy === n.id);
        workers = workers.filter((w) => w !== lost);
        if (lost !== undefined && onLoss === 'redistribute') give(lost.queue.slice(lost.next));
        // nobody was there when the round began: the first to come back begins it
        if (n.inService && workers.length === 0) begin([...view.awaiting()], view);
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
  return cutRuns(bySize, sizeMB, shares).flatMap((run, k) => {
    const inTurn = [...vsas.slice(k), ...vsas.slice(0, k)];
    return run.flatMap((unit) => {
      const vsa = inTurn.find((v) => job.tier(unit, v.proxy) > 0);
      return vsa === undefined ? [] : [{ unit, proxy: vsa.proxy }];
    });
  });
}
