import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const random = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'random',
  summary:
    'VMs in input order, each to any proxy that reaches it in any mode and has room, all equally likely',
  source: 'common practice: the floor that a rule has to beat',
  additions:
    'Drawing among proxies with room only, skipping what finds no room, and the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round'],
  create: (setup) =>
    takeInOrder(setup, {
      respectLimit: setup.params.respectLimit,
      pick: (proxies) => proxies[setup.rng.below(proxies.length)]!,
    }),
});
