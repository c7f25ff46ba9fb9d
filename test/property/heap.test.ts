import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdHeap } from '../../harness/engine/fluid/fast/id-heap.ts';
import { createHeap } from '../../harness/kit/heap.ts';

const id = fc.integer({ min: 0, max: 60 });
const key = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('update' as const), id, key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pop' as const) }) },
);

const firstOf = (model: ReadonlyMap<number, number>): number | null =>
  [...model].toSorted(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a - b))[0]?.[0] ?? null;

test('agrees with a sorted list after any updates, removals and pops', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const heap = createHeap();
      const model = new Map<number, number>();
      for (const o of operations) {
        const first = firstOf(model);
        if (o.do === 'update') {
          heap.update(o.id, o.key);
          model.set(o.id, o.key);
        } else if (o.do === 'remove') expect(heap.remove(o.id)).toBe(model.delete(o.id));
        else {
          expect(heap.pop()).toBe(first);
          if (first !== null) model.delete(first);
        }
        expect([heap.size, heap.peekId()]).toEqual([model.size, firstOf(model)]);
      }
      for (let i = 0; i <= 60; i++)
        expect([heap.has(i), heap.keyOf(i)]).toEqual([model.has(i), model.get(i) ?? null]);
      const drained: number[] = [];
      for (let next = heap.pop(); next !== null; next = heap.pop()) drained.push(next);
      expect(drained).toEqual(
        [...model].toSorted(([a, x], [b, y]) => (x < y ? -1 : x > y ? 1 : a - b)).map(([k]) => k),
      );
    }),
    { numRuns: 150 },
  );
});

test('of resources: agrees with a sorted list after any updates and pops', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const heap = new IdHeap();
      heap.fit(61);
      const model = new Map<number, number>();
      for (const o of operations) {
        const first = firstOf(model);
        if (o.do === 'update') {
          heap.key[o.id] = o.key;
          heap.put(o.id);
          model.set(o.id, o.key);
        } else if (first !== null) {
          expect(heap.pop()).toBe(first);
          model.delete(first);
        }
        expect([heap.length, heap.first()]).toEqual([model.size, firstOf(model) ?? -1]);
      }
      for (let i = 0; i <= 60; i++) expect(heap.place[i]! > 0).toBe(model.has(i));
    }),
  );
});
