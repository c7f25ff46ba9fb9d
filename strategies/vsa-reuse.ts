import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import type { Id } from '../harness/model/facts.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const vsaReuse = defineStrategy<{ readonly threshold: number; readonly respectLimit: boolean }>({
  contract: 1,
  name: 'vsa-reuse',
  summary:
    'VMs in input order, each to the least loaded proxy that is up, unless its load is over a threshold that falls with the size of the VM: then a dormant proxy is started',
  source:
    'prior load balancing of virtual server agents: claims of US 11,734,035 (published as US 2021/0096893)',
  additions:
    'Load is active streams over comfortable streams; the threshold is the parameter times mean size over size of the VM, by bytes to move; where none is dormant the least loaded takes it; which dormant one (lowest id); what a takeover finds idle counts as dormant; skipping what finds no room; the stream limit, which respectLimit=false leaves out.',
  defaults: { threshold: 0.5, respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create({ params, job, cluster }) {
    const meanMB = job.units.reduce((sum, u) => sum + u.toMoveMB, 0) / job.units.length;
    const started = new Set<Id>();
    const frame = takeInOrder(
      { job, cluster },
      {
        respectLimit: params.respectLimit,
        pick(proxies, view, unit) {
          const active = (p: Id) => view.proxies.active[p]!;
          const load = (p: Id) => active(p) / cluster.proxies[p]!.comfortableStreams;
          const isUp = (p: Id) => cluster.proxies[p]!.bootS === null || started.has(p) || active(p) > 0;
          const least = pickMin(proxies.filter(isUp), load);
          // load <= threshold * mean / size
          if (least !== null && load(least) * unit.toMoveMB <= params.threshold * meanMB) return least;
          return proxies.find((p) => !isUp(p)) ?? least!;
        },
      },
    );
    return {
      decide: frame.decide,
      notice(n, view) {
        frame.notice!(n, view);
        if (n.type === 'opened') started.add(n.proxy);
      },
    };
  },
});
