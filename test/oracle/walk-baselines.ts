import { cutRuns } from '../../harness/kit/cut-runs.ts';
import type { Id, UnitFacts } from '../../harness/model/facts.ts';
import type { Params } from '../../harness/model/params.ts';
import type { Decider, Setup, Strategy, View } from '../../harness/model/strategy.ts';
import { strategies } from '../../strategies/index.ts';

// The baselines as their summaries read, walked VM by VM and proxy by proxy at every decision: what strategies/ decide must be
// exactly this.

/** A baseline, walked. @param text name of the strategy, whose metadata it keeps */
export function walked(text: string): Strategy {
  const strategy = strategies.find((s) => s.name === text)!;
  return { ...strategy, name: `walked-${text}`, create: (setup) => walks[text]!(setup as Setup<Given>) };
}

type Given = Params & {
  readonly respectLimit: boolean;
  readonly onLoss?: string;
  readonly groupBy?: string;
  readonly threshold?: number;
  readonly sameCluster?: boolean;
};
type Walk = (setup: Setup<Given>) => Decider;
type Pick = (proxies: readonly Id[], view: View, unit: UnitFacts) => Id;

/** of these, the one with the least value; of equals the first */
const least = <T>(list: readonly T[], valueOf: (item: T) => number): T =>
  list.reduce((best, item) => (valueOf(item) < valueOf(best) ? item : best));

function look({ job, cluster, params }: Setup<Given>) {
  const all = cluster.proxies.map((p) => p.id);
  const reaching = (unit: Id) => all.filter((p) => job.tier(unit, p) > 0);
  const hasRoom = (p: Id, view: View) =>
    view.proxies.inService[p] === 1 &&
    (!params.respectLimit || view.proxies.active[p]! < view.proxies.limit[p]!) &&
    view.agentFree(p) > 0;
  const maySoon = (p: Id, view: View) =>
    view.proxies.inService[p] === 1 && job.agentsOf(p).some((a) => view.agents.inService[a] === 1);
  return { all, reaching, hasRoom, maySoon };
}

function inOrder(setup: Setup<Given>, pick: Pick, order?: (a: UnitFacts, b: UnitFacts) => number): Decider {
  const { reaching, hasRoom, maySoon } = look(setup);
  const { units } = setup.job;
  return {
    decide(view) {
      const list = [...view.awaiting()].toSorted((a, b) => a - b);
      if (list.length === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      if (order !== undefined) list.sort((a, b) => order(units[a]!, units[b]!) || a - b);
      for (const unit of list) {
        const able = reaching(unit).filter((p) => hasRoom(p, view));
        if (able.length > 0) return { do: 'start', unit, proxy: pick(able, view, units[unit]!) };
      }
      const isDelayed = list.some((unit) => reaching(unit).some((p) => maySoon(p, view)));
      return { do: isDelayed ? 'wait' : 'end-round' };
    },
  };
}

/** who asks is served: by turns, but those at whom a VM has ended and not been followed come first */
function onRequest(
  setup: Setup<Given>,
  proxiesOf: (unit: Id, view: View) => readonly Id[],
  order: (a: Id, b: Id, of: (unit: Id) => readonly Id[]) => number,
): Decider {
  const { all, hasRoom, maySoon } = look(setup);
  let list: Id[] = [];
  let choices = new Map<Id, readonly Id[]>();
  let asking: Id[] = [];
  let byTurn = [...all];
  const last = (p: Id) => {
    byTurn = [...byTurn.filter((other) => other !== p), p];
  };
  return {
    decide(view) {
      if (view.awaitingCount === 0) return { do: 'end-round' };
      if (view.jobFree === 0) return { do: 'wait' };
      const wanted = byTurn.filter((p) => list.some((u) => choices.get(u)!.includes(p)));
      const able = wanted.filter((p) => hasRoom(p, view));
      const proxy = able.find((p) => asking.includes(p)) ?? able[0];
      if (proxy !== undefined)
        return { do: 'start', unit: list.find((u) => choices.get(u)!.includes(proxy))!, proxy };
      return { do: wanted.some((p) => maySoon(p, view)) ? 'wait' : 'end-round' };
    },
    notice(n, view) {
      if (n.type === 'round') {
        asking = [];
        choices = new Map(n.awaiting.map((u) => [u, proxiesOf(u, view)]));
        const of = (u: Id) => choices.get(u)!;
        const isShared = (u: Id) => Number(of(u).length > 1);
        list = n.awaiting.toSorted((a, b) => isShared(a) - isShared(b) || order(a, b, of) || a - b);
      } else if (n.type === 'opened' && n.job === setup.job.id) {
        list = list.filter((u) => u !== n.unit);
        const at = asking.indexOf(n.proxy);
        if (at >= 0) asking.splice(at, 1);
        else last(n.proxy);
      } else if (n.type === 'closed' && n.job === setup.job.id) {
        if (!asking.includes(n.proxy)) last(n.proxy);
        asking.push(n.proxy);
      }
    },
  };
}

interface Worker {
  readonly proxy: Id;
  readonly free: number;
  readonly queue: Id[];
  readonly attempts: Set<number>;
}

type Deal = (units: readonly Id[], workers: readonly Worker[]) => (readonly [unit: Id, proxy: Id])[];

/** each works off what it was dealt */
function dealt(setup: Setup<Given>, deal: Deal): Decider {
  const { all, reaching, hasRoom, maySoon } = look(setup);
  const { job, params } = setup;
  let workers: Worker[] = [];
  function give(units: readonly Id[]): void {
    for (const [unit, proxy] of deal(units, workers))
      workers.find((w) => w.proxy === proxy)!.queue.push(unit);
  }
  function begin(units: readonly Id[], { proxies }: View): void {
    const wanted = new Set(units.flatMap(reaching));
    workers = all
      .filter((p) => wanted.has(p) && proxies.inService[p] === 1)
      .map((proxy) => ({
        proxy,
        free: Math.max(1, proxies.limit[proxy]! - proxies.active[proxy]!),
        queue: [],
        attempts: new Set<number>(),
      }))
      .toSorted((a, b) => a.free - b.free || a.proxy - b.proxy);
    give(units);
  }
  return {
    decide(view) {
      const working = workers.filter((w) => w.queue.length > 0 && maySoon(w.proxy, view));
      if (working.length === 0) return { do: 'end-round' };
      const able = working.filter((w) => w.attempts.size < w.free && hasRoom(w.proxy, view));
      if (view.jobFree === 0 || able.length === 0) return { do: 'wait' };
      const { queue, proxy } = least(able, (w) => w.attempts.size);
      return { do: 'start', unit: queue[0]!, proxy };
    },
    notice(n, view) {
      if (n.type === 'round') begin(n.awaiting, view);
      else if (n.type === 'opened' && n.job === job.id) {
        const worker = workers.find((w) => w.proxy === n.proxy)!;
        worker.queue.shift();
        worker.attempts.add(n.attempt);
      } else if (n.type === 'closed') workers.forEach((w) => w.attempts.delete(n.attempt));
      else if (n.type === 'service' && n.entity === 'proxy') {
        const lost = n.inService ? undefined : workers.find((w) => w.proxy === n.id);
        workers = workers.filter((w) => w !== lost);
        if (lost !== undefined && params.onLoss === 'redistribute') give([...lost.queue]);
        if (n.inService && workers.length === 0) begin([...view.awaiting()], view);
      }
    },
  };
}

const inRuns =
  ({ job }: Setup<Given>): Deal =>
  (units, workers) => {
    const sizeMB = (u: Id) => job.units[u]!.allocatedMB;
    const bySize = units.toSorted((a, b) => sizeMB(a) - sizeMB(b) || a - b);
    const runs = cutRuns(
      bySize,
      sizeMB,
      workers.map((w) => w.free),
    );
    return runs.flatMap((run, k) =>
      run.flatMap((unit) => {
        const inTurn = [...workers.slice(k), ...workers.slice(0, k)];
        const worker = inTurn.find((w) => job.tier(unit, w.proxy) > 0);
        return worker === undefined ? [] : [[unit, worker.proxy] as const];
      }),
    );
  };

const inGroups = (setup: Setup<Given>): Deal => {
  const { job, cluster, params } = setup;
  const runs = inRuns(setup);
  const groupOf = (u: Id) => {
    const { site, hypervisor, cluster: name } = cluster.servers[job.units[u]!.server]!;
    return params.groupBy === 'cluster' ? `${name}` : `${site} ${hypervisor}`;
  };
  return (units, workers) => {
    const meanMB = (group: readonly Id[]) =>
      group.reduce((sum, u) => sum + job.units[u]!.allocatedMB, 0) / group.length;
    const groups = [...new Set(units.map(groupOf))]
      .map((name) => units.filter((u) => groupOf(u) === name))
      .toSorted((a, b) => meanMB(b) - meanMB(a) || a[0]! - b[0]!);
    const hands = groups.map(() => [] as Worker[]);
    for (const worker of workers.toSorted((a, b) => b.free - a.free || a.proxy - b.proxy)) {
      const reached = [...groups.keys()].filter((g) => groups[g]!.some((u) => job.tier(u, worker.proxy) > 0));
      if (reached.length > 0) hands[least(reached, (g) => hands[g]!.length)]!.push(worker);
    }
    return groups.flatMap((group, g) => {
      const own = runs(
        group,
        workers.filter((w) => hands[g]!.includes(w)),
      );
      const rest = group.filter((u) => !own.some(([unit]) => unit === u));
      return [...own, ...runs(rest, workers)];
    });
  };
};

const byStreams =
  ({ job }: Setup<Given>): Deal =>
  (units, workers) => {
    const counts = new Map(workers.map((w) => [w, 0]));
    return units.flatMap((unit) => {
      const able = workers.filter((w) => job.tier(unit, w.proxy) > 0).toSorted((a, b) => a.proxy - b.proxy);
      if (able.length === 0) return [];
      const worker = least(able, (w) => counts.get(w)! / w.free);
      counts.set(worker, counts.get(worker)! + 1);
      return [[unit, worker.proxy] as const];
    });
  };

/** load of a proxy that is up is held below a threshold that falls with the size of the VM */
function reuse(setup: Setup<Given>): Decider {
  const { job, cluster, params } = setup;
  const started = new Set<Id>();
  const meanMB = job.units.reduce((sum, u) => sum + u.toMoveMB, 0) / job.units.length;
  const decider = inOrder(setup, (able, view, unit) => {
    const isUp = (p: Id) =>
      cluster.proxies[p]!.bootS === null || started.has(p) || view.proxies.active[p]! > 0;
    const load = (p: Id) => view.proxies.active[p]! / cluster.proxies[p]!.comfortableStreams;
    const up = able.filter(isUp);
    const dormant = able.filter((p) => !isUp(p));
    if (up.length === 0) return dormant[0]!;
    const best = least(up, load);
    const isLight = load(best) * unit.toMoveMB <= params.threshold! * meanMB;
    return isLight || dormant.length === 0 ? best : dormant[0]!;
  });
  return { ...decider, notice: (n) => void (n.type === 'opened' && started.add(n.proxy)) };
}

/** the largest first, to where the least is under way per stream */
function largestFirst(setup: Setup<Given>): Decider {
  const { job } = setup;
  const underWay = new Map<number, { unit: Id; proxy: Id }>();
  const atMB = (p: Id) =>
    [...underWay.values()].reduce((sum, a) => sum + (a.proxy === p ? job.units[a.unit]!.toMoveMB : 0), 0);
  const decider = inOrder(
    setup,
    (able, { proxies }) => least(able, (p) => atMB(p) / proxies.limit[p]!),
    (a, b) => b.toMoveMB - a.toMoveMB,
  );
  return {
    ...decider,
    notice(n) {
      if (n.type === 'opened' && n.job === job.id) underWay.set(n.attempt, n);
      else if (n.type === 'closed') underWay.delete(n.attempt);
    },
  };
}

function documented(setup: Setup<Given>): Decider {
  const { job, cluster, params } = setup;
  const { reaching } = look(setup);
  const clusterOf = (server: Id | null) => (server === null ? null : cluster.servers[server]!.cluster);
  const ranks = ['new', 'failed', 'ok'];
  const rankOf = (u: Id) => ranks.indexOf(job.units[u]!.lastResult);
  return onRequest(
    setup,
    (unit, view) => {
      const own = clusterOf(job.units[unit]!.server);
      const near = reaching(unit).filter(
        (p) =>
          own !== null && clusterOf(cluster.proxies[p]!.server) === own && view.proxies.inService[p] === 1,
      );
      return params.sameCluster === true && near.length > 0 ? near : reaching(unit);
    },
    (a, b, of) => rankOf(a) - rankOf(b) || of(a).length - of(b).length,
  );
}

const walks: Readonly<Record<string, Walk>> = {
  'round-robin'(setup) {
    let turn = -1;
    return inOrder(setup, (able) => (turn = able.find((p) => p > turn) ?? able[0]!));
  },
  'least-loaded': (setup) => inOrder(setup, (able, view) => least(able, (p) => view.proxies.active[p]!)),
  random: (setup) => inOrder(setup, (able) => able[setup.rng.below(able.length)]!),
  'power-of-two': (setup) =>
    inOrder(setup, (able, view) => {
      if (able.length === 1) return able[0]!;
      const one = setup.rng.below(able.length);
      const other = (one + 1 + setup.rng.below(able.length - 1)) % able.length;
      const two = [able[one]!, able[other]!].toSorted((a, b) => a - b);
      return least(two, (p) => view.proxies.active[p]!);
    }),
  'vsa-static': (setup) => dealt(setup, inRuns(setup)),
  'vsa-grouped': (setup) => dealt(setup, inGroups(setup)),
  'vsa-streams': (setup) => dealt(setup, byStreams(setup)),
  'vsa-reuse': reuse,
  lpt: largestFirst,
  'commvault-documented': documented,
  'vsa-pull': (setup) => onRequest(setup, look(setup).reaching, () => 0),
};
export const walkedNames = Object.keys(walks);
