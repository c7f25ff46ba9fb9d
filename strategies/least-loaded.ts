import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const leastLoaded = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'least-loaded',
  summary:
    'VMs in input order, each to the proxy with the fewest active streams that reaches it in any mode and has room',
  source: 'common practice: join the shortest queue',
  additions:
    'Skipping what finds no room, ties to the lowest id, and the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create: (setup) =>
    takeInOrder(setup, {
      respectLimit: setup.params.respectLimit,
      pick: (proxies, view) => pickMin(proxies, (p) => view.proxies.active[p]!)!,
    }),
});
