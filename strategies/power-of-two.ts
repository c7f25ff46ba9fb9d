import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { takeInOrder } from '../harness/kit/take-in-order.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const powerOfTwo = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'power-of-two',
  summary:
    'VMs in input order, each to the one with fewer active streams of two proxies drawn from those that reach it in any mode and have room',
  source: 'Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 12(10), 2001',
  additions:
    'Drawing two different proxies, and only among those with room; ties to the lowest id; skipping what finds no room; the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round'],
  create({ rng, params, ...setup }) {
    return takeInOrder(setup, {
      respectLimit: params.respectLimit,
      pick(proxies, view) {
        if (proxies.length === 1) return proxies[0]!;
        const one = rng.below(proxies.length);
        const other = (one + 1 + rng.below(proxies.length - 1)) % proxies.length;
        return pickMin([proxies[one]!, proxies[other]!], (p) => view.proxies.active[p]!)!;
      },
    });
  },
});
