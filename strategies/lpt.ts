import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import type { Id } from '../harness/model/facts.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const lpt = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'lpt',
  summary:
    'The largest VM first, to the proxy that reaches it in any mode, has room and has the least MB under way per stream of its limit',
  source:
    'Graham, Bounds on Multiprocessing Timing Anomalies, SIAM J. Appl. Math. 17(2), 1969: longest processing time first',
  additions:
    'Bytes to move for processing time; of several proxies with room, which is the earliest free: by the bytes that this job has under way there; skipping what finds no room; the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'order-free', 'seed-free'],
  create({ params, job, cluster }) {
    const underWayMB = new Float64Array(cluster.proxies.length);
    const attempts = new Set<number>();
    const sizeMB = (unit: Id) => job.units[unit]!.toMoveMB;
    const frame = takeInOrder(
      { job, cluster },
      {
        respectLimit: params.respectLimit,
        order: (a, b) => b.toMoveMB - a.toMoveMB,
        pick: (proxies, { proxies: { limit } }) => pickMin(proxies, (p) => underWayMB[p]! / limit[p]!)!,
      },
    );
    return {
      decide: frame.decide,
      notice(n, view) {
        frame.notice!(n, view);
        if (n.type === 'opened' && n.job === job.id) {
          attempts.add(n.attempt);
          underWayMB[n.proxy]! += sizeMB(n.unit);
        } else if (n.type === 'closed' && attempts.delete(n.attempt)) underWayMB[n.proxy]! -= sizeMB(n.unit);
      },
    };
  },
});
