import { expect, test } from 'vitest';
import { createHeap } from '../../harness/kit/heap.ts';

test('an empty heap has nothing to give', () => {
  const heap = createHeap();
  expect([
    heap.size,
    heap.peekId(),
    heap.peekKey(),
    heap.pop(),
    heap.has(0),
    heap.keyOf(3),
    heap.remove(3),
  ]).toEqual([0, null, null, null, false, null, false]);
});

test('gives equal keys in the order of their ids', () => {
  const heap = createHeap();
  for (const id of [5, 900, 2, 7]) heap.update(id, 1.5);
  expect([heap.pop(), heap.pop(), heap.pop(), heap.pop(), heap.pop()]).toEqual([2, 5, 7, 900, null]);
});

test('moves an id both ways when its key changes', () => {
  const heap = createHeap();
  for (const id of [0, 1, 2, 3]) heap.update(id, id);
  heap.update(3, -1);
  heap.update(0, 9);
  expect([heap.size, heap.peekId(), heap.peekKey(), heap.keyOf(0)]).toEqual([4, 3, -1, 9]);
});

test('forgets everything on clear and can be used again', () => {
  const heap = createHeap();
  heap.update(4, 1);
  heap.clear();
  heap.update(6, 2);
  expect([heap.has(4), heap.size, heap.pop()]).toEqual([false, 1, 6]);
});
