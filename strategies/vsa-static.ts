import { cutRuns } from '../harness/kit/cut-runs.ts';
import { pickMin } from '../harness/kit/pick.ts';
import { canServeLater, hasRoom, limitPromise } from '../harness/kit/proxy-room.ts';
import type { Id } from '../harness/model/facts.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

interface Vsa {
  readonly proxy: Id;
  /** streams that it had free when the round began: never updated */
  readonly free: number;
  /** units, the smallest first */
  queue: Id[];
  readonly attempts: Set<number>;
}

export const vsaStatic = defineStrategy<{
  readonly onLoss: 'lost' | 'redistribute';
  readonly respectLimit: boolean;
}>({
  contract: 1,
  name: 'vsa-static',
  summary:
    'VMs by size cut into one run per proxy, as large as its share of free streams; each proxy works through its own run',
  source: 'prior load balancing of virtual server agents: claims of US 9,703,584, 10,474,483, 11,922,197',
  additions:
    'How bytes follow shares; shares taken anew each round; a VM that its proxy cannot reach goes to the next that can; whose turn it is; onLoss=redistribute; the limit over all jobs, which respectLimit=false leaves out.',
  defaults: { onLoss: 'lost', respectLimit: true },
  choices: { onLoss: ['lost', 'redistribute'] },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'order-free', 'seed-free'],
  create({ params, job, cluster }) {
    const sizeMB = (unit: Id) => job.units[unit]!.allocatedMB;
    let vsas: Vsa[] = [];

    function deal(units: readonly Id[], among: readonly Vsa[]): void {
      const bySize = units.toSorted((a, b) => sizeMB(a) - sizeMB(b) || a - b);
      const shares = among.map((v) => v.free);
      for (const [k, run] of cutRuns(bySize, sizeMB, shares).entries()) {
        const inTurn = [...among.slice(k), ...among.slice(0, k)];
        for (const unit of run) inTurn.find((v) => job.tier(unit, v.proxy) > 0)?.queue.push(unit);
      }
    }

    return {
      decide(view) {
        const working = vsas.filter((v) => v.queue.length > 0 && canServeLater(job, view, v.proxy));
        if (working.length === 0) return { do: 'end-round' };
        const able = working.filter(
          (v) => v.attempts.size < v.free && hasRoom(view, v.proxy, params.respectLimit),
        );
        const next = view.jobFree === 0 ? null : pickMin(able.keys(), (k) => able[k]!.attempts.size);
        if (next === null) return { do: 'wait' };
        return { do: 'start', unit: able[next]!.queue[0]!, proxy: able[next]!.proxy };
      },
      notice(n, { proxies }) {
        if (n.type === 'round') {
          vsas = cluster.proxies
            .filter((p) => proxies.inService[p.id] === 1 && n.awaiting.some((u) => job.tier(u, p.id) > 0))
            .map(({ id: proxy }) => ({
              proxy,
              free: Math.max(1, proxies.limit[proxy]! - proxies.active[proxy]!),
              queue: [],
              attempts: new Set<number>(),
            }))
            .toSorted((a, b) => a.free - b.free || a.proxy - b.proxy);
          deal(n.awaiting, vsas);
        } else if (n.type === 'opened' && n.job === job.id) {
          const { queue, attempts } = vsas.find((v) => v.proxy === n.proxy)!;
          queue.shift();
          attempts.add(n.attempt);
        } else if (n.type === 'closed') vsas.find((v) => v.proxy === n.proxy)?.attempts.delete(n.attempt);
        else if (n.type === 'service' && n.entity === 'proxy' && !n.inService) {
          const lost = vsas.find((v) => v.proxy === n.id);
          vsas = vsas.filter((v) => v !== lost);
          if (lost !== undefined && params.onLoss === 'redistribute') deal(lost.queue, vsas);
        }
      },
    };
  },
});
