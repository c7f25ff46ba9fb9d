import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const roundRobin = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'round-robin',
  summary: 'VMs in input order, each to the next proxy in turn that reaches it in any mode and has room',
  source: 'common practice: the oldest rule of load balancing',
  additions:
    'Skipping what finds no room, the order of turns (document order), and the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create(setup) {
    let last = -1;
    return takeInOrder(setup, {
      respectLimit: setup.params.respectLimit,
      pick: (proxies) => (last = proxies.find((p) => p > last) ?? proxies[0]!),
    });
  },
});
