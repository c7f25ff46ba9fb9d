import type { Id, UnitFacts } from '../../harness/model/facts.ts';
import { defineStrategy, type View } from '../../harness/model/strategy.ts';
import { priorityList } from '../../strategies/priority-list/index.ts';
import type { PriorityListParams } from '../../strategies/priority-list/params.ts';

// The method as it is written, walked VM by VM and proxy by proxy, slowly: the executable form of proxy-assignment.md section 2
// with its parameters. What strategies/priority-list decides must be exactly this.

export const walkList = defineStrategy<PriorityListParams>({
  ...(priorityList as never as Parameters<typeof defineStrategy<PriorityListParams>>[0]),
  name: 'walk-list',
  create({ params: q, rng, cluster, job, roles }) {
    let list: UnitFacts[] = [];
    let failedOn: { unit: Id; proxy: Id }[] = [];
    const failures = cluster.proxies.map(() => 0);
    let thresholds: Record<string, number> = {};
    const allProxies = cluster.proxies.map((p) => p.id);

    function eligible(u: UnitFacts, view: View): Id[] {
      const opened = q.rounds ? view.round : Math.max(view.round, view.attempts(u.id) + 1);
      const reached = allProxies.filter((p) => job.tier(u.id, p) > 0);
      if (!q.tiers || reached.length === 0) return reached;
      const best = Math.min(...reached.map((p) => job.tier(u.id, p)));
      // open one tier after the other, from the top
      const open = new Set<number>([q.highest === 'of-vm' ? best : 1]);
      for (let n = 1; n < opened; n++) {
        const lower = reached.map((p) => job.tier(u.id, p)).filter((t) => t > Math.max(...open));
        if (q.nextTier === 'next-number') open.add(Math.max(...open) + 1);
        else if (lower.length > 0) open.add(Math.min(...lower));
      }
      const inOpen = reached.filter((p) => open.has(job.tier(u.id, p)));
      // tiers above the top have no candidate, so that "open" is all that is not lower
      return inOpen.length > 0 ? inOpen : reached.filter((p) => job.tier(u.id, p) === best);
    }

    const mayTake = (p: Id, u: UnitFacts, view: View) =>
      view.isAwaiting(u.id) &&
      eligible(u, view).includes(p) &&
      !(q.retryInRound && failedOn.some((f) => f.unit === u.id && f.proxy === p));

    const sizeMB = (u: UnitFacts) => (q.size === 'allocated' ? u.allocatedMB : u.toMoveMB);

    function before(a: UnitFacts, b: UnitFacts, view: View): number {
      const isSan = (u: UnitFacts) => allProxies.some((p) => job.tier(u.id, p) === 1);
      if (q.rank === 'san-first' && isSan(a) !== isSan(b)) return isSan(a) ? -1 : 1;
      if (q.rank === 'largest-first' && sizeMB(a) !== sizeMB(b)) return sizeMB(b) - sizeMB(a);
      const [countA, countB] = [eligible(a, view).length, eligible(b, view).length];
      if (q.order && countA !== countB) return countA - countB;
      if (q.tieBreak && sizeMB(a) !== sizeMB(b)) return sizeMB(b) - sizeMB(a);
      return a.id - b.id;
    }

    const inService = (p: Id, view: View) => view.proxies.inService[p] === 1;
    const isDropped = (p: Id) => q.dropAfter !== null && failures[p]! > 0 && failures[p]! >= q.dropAfter;
    const isFree = (p: Id, view: View) =>
      inService(p, view) &&
      !isDropped(p) &&
      view.agentFree(p) > 0 &&
      !(q.limit && view.proxies.active[p]! >= view.proxies.limit[p]!);

    function nextProxy(candidates: Id[], view: View): Id {
      const utilisation = (p: Id) => {
        const more = q.coordinatorMoves === 'penalised' && p === roles.coordinator ? 1 : 0;
        return q.utilisation ? (view.proxies.active[p]! + more) / view.proxies.limit[p]! : 0;
      };
      const least = Math.min(...candidates.map(utilisation));
      const equal = candidates.filter((p) => utilisation(p) === least);
      if (q.tie === 'random' && equal.length > 1) return equal[rng.below(equal.length)]!;
      const controllers = equal.filter((p) => p !== roles.coordinator);
      return q.tie === 'controller-first' && controllers.length > 0 ? controllers[0]! : equal[0]!;
    }

    function score(u: UnitFacts, view: View): number {
      const counts =
        q.count === 'all-jobs-store'
          ? u.stores.map((s) => view.stores.active[s]!)
          : u.devices.map(
              (d) => view.devices[q.count === 'all-jobs-device' ? 'active' : 'activeThisJob'][d]!,
            );
      return q.manyStores === 'max' ? Math.max(...counts) : counts.reduce((a, b) => a + b);
    }

    const ownersOf = (u: UnitFacts, p: Id) =>
      ({ job: ['job'], proxy: [`proxy ${p}`], device: u.devices.map((d) => `device ${d}`) })[q.scope];
    const threshold = (owner: string) => thresholds[owner] ?? q.threshold;
    const passes = (x: number, t: number) => x === 0 || (q.passOver === 'at-threshold' ? x < t : x <= t);
    const isQuiet = (u: UnitFacts, p: Id, view: View) =>
      !q.activity || ownersOf(u, p).every((owner) => passes(score(u, view), threshold(owner)));

    /** @returns whether any threshold rose */
    function raise(over: { u: UnitFacts; p: Id }[], view: View): boolean {
      const scores = over.map(({ u }) => score(u, view));
      const owners = new Set(over.flatMap(({ u, p }) => ownersOf(u, p)));
      const rises = [...owners].map((owner) => {
        const old = threshold(owner);
        let next = old + 1;
        if (q.raise === 'smallest-score') {
          next = Math.min(...scores) + (q.passOver === 'at-threshold' ? 1 : 0);
          if (next < old) next = old;
        }
        if (q.cap !== null && next > q.cap) next = Math.max(old, q.cap);
        thresholds[owner] = next;
        return next > old;
      });
      return rises.includes(true);
    }

    type Start = { unit: Id; proxy: Id } | null;

    function proxyFirst(view: View): Start {
      let free = allProxies.filter((p) => isFree(p, view) && list.some((u) => mayTake(p, u, view)));
      while (free.length > 0) {
        const p = nextProxy(free, view);
        const mine = list.filter((u) => mayTake(p, u, view));
        do {
          const u = mine.find((m) => isQuiet(m, p, view));
          if (u !== undefined) return { unit: u.id, proxy: p };
        } while (
          raise(
            mine.map((m) => ({ u: m, p })),
            view,
          )
        );
        free = free.filter((other) => other !== p);
      }
      return null;
    }

    function othersFirst(view: View): Start {
      const free = allProxies.filter((p) => isFree(p, view) && list.some((u) => mayTake(p, u, view)));
      for (;;) {
        const tried: Id[] = [];
        while (tried.length < free.length) {
          const p = nextProxy(
            free.filter((f) => !tried.includes(f)),
            view,
          );
          const u = list.find((l) => mayTake(p, l, view) && isQuiet(l, p, view));
          if (u !== undefined) return { unit: u.id, proxy: p };
          tried.push(p);
        }
        const over = (p: Id) => list.filter((u) => mayTake(p, u, view)).map((u) => ({ u, p }));
        if (tried.find((p) => raise(over(p), view)) === undefined) return null;
      }
    }

    function vmFirst(view: View): Start {
      const free = (u: UnitFacts) => allProxies.filter((p) => isFree(p, view) && mayTake(p, u, view));
      const over = list.flatMap((u) => free(u).map((p) => ({ u, p })));
      if (over.length === 0) return null;
      do {
        for (const u of list) {
          const proxies = free(u).filter((p) => isQuiet(u, p, view));
          if (proxies.length > 0) return { unit: u.id, proxy: nextProxy(proxies, view) };
        }
      } while (raise(over, view));
      return null;
    }

    return {
      decide(view) {
        const mayFail = (q.retryInRound || !q.rounds) && view.jobActive > 0;
        if (!list.some((u) => view.isAwaiting(u.id))) return { do: mayFail ? 'wait' : 'end-round' };
        if (view.jobFree === 0) return { do: 'wait' };
        const find = q.flow === 'vm-first' ? vmFirst : q.othersFirst ? othersFirst : proxyFirst;
        const start = find(view);
        if (start !== null) {
          if (q.reset === 'start') thresholds = {};
          return { do: 'start', ...start };
        }
        const hasAgent = (p: Id) => job.agentsOf(p).some((a) => view.agents.inService[a] === 1);
        const isDelayed = list.some((u) =>
          allProxies.some((p) => mayTake(p, u, view) && inService(p, view) && !isDropped(p) && hasAgent(p)),
        );
        return { do: isDelayed || mayFail ? 'wait' : 'end-round' };
      },
      notice(n, view) {
        if (n.type === 'round') {
          failedOn = [];
          list = n.awaiting.map((id) => job.units[id]!).toSorted((a, b) => before(a, b, view));
          if (q.reset === 'round') thresholds = {};
        }
        if (n.type === 'failed') {
          failures[n.proxy]!++;
          failedOn.push({ unit: n.unit, proxy: n.proxy });
          const unit = job.units[n.unit]!;
          if (n.awaits && !list.includes(unit)) list.push(unit); // it ran when this coordinator took over
        }
      },
    };
  },
});
