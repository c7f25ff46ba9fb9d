import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSlots } from '../../harness/coordinate/slots.ts';

const lists = [[0, 1, 2, 3], [1, 2], [3], []];

it('free slots of lists of agents are what a look at each of them gives', () => {
  const step = fc.record({ agent: fc.nat({ max: 3 }), free: fc.nat({ max: 4 }), list: fc.nat({ max: 3 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const free = [4, 4, 4, 4];
      const slots = createSlots((agent) => free[agent]!);
      const asks = lists.map((list) => ({ sum: slots.sum(list), most: slots.most(list) }));
      for (const { agent, free: now, list } of steps) {
        const before = free[agent]!;
        free[agent] = now;
        slots.changed(agent, before);
        const own = lists[list]!.map((a) => free[a]!);
        expect(asks[list]!.sum()).toBe(own.reduce((sum, n) => sum + n, 0));
        expect(asks[list]!.most()).toBe(Math.max(0, ...own));
      }
    }),
  );
});
