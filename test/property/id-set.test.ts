import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdSet } from '../../harness/kit/id-set.ts';

it('a set of ids holds what a Set holds, whatever is put in and taken out', () => {
  const step = fc.record({ what: fc.constantFrom('add', 'add', 'delete', 'clear'), id: fc.nat(7) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ids = new IdSet(8);
      const plain = new Set<number>();
      for (const { what, id } of steps) {
        if (what === 'clear') {
          ids.clear();
          plain.clear();
        } else {
          ids[what as 'add' | 'delete'](id);
          plain[what as 'add' | 'delete'](id);
        }
        expect(ids.size).toBe(plain.size);
        expect([...ids].toSorted()).toEqual([...plain].toSorted());
      }
    }),
  );
});
