import { describe, expect, it } from 'vitest';
import { createUnitQueues, firstInList, type UnitQueue } from '../../harness/kit/unit-queues.ts';

const heads = (queues: Iterable<UnitQueue>) => [...queues].map((q) => [q.first, q.place]);

function twoQueues() {
  const queues = createUnitQueues(3);
  queues.add(7, 0, [0, 1]);
  queues.add(3, 1, [1]);
  queues.add(5, 2, [0, 1]);
  return queues;
}

describe('createUnitQueues', () => {
  it('shows a proxy the first of each queue that it may serve', () => {
    const { groups } = twoQueues();
    expect(heads(groups.ofProxy(0))).toEqual([[7, 0]]);
    expect(heads(groups.ofProxy(1))).toEqual([
      [7, 0],
      [3, 1],
    ]);
    expect(groups.ofProxy(2)).toEqual([]);
    expect([...groups.wanted()]).toEqual([0, 1]);
  });

  it('moves on to the next of the queue, and drops a queue that is empty', () => {
    const queues = twoQueues();
    expect(queues.remove(7).isEmpty).toBe(false);
    expect(queues.remove(3).isEmpty).toBe(true);
    expect(heads(queues.groups.ofProxy(1))).toEqual([[5, 2]]);
    expect(queues.remove(5).place).toBe(Infinity);
    expect(queues.groups.ofProxy(0)).toEqual([]);
    expect(queues.groups.wanted().size).toBe(0);
  });

  it('takes a queue up again that was empty', () => {
    const queues = twoQueues();
    queues.remove(3);
    queues.add(9, 4, [1]);
    expect(heads(queues.groups.ofProxy(1))).toEqual([
      [7, 0],
      [9, 4],
    ]);
  });

  it('refuses to take out a unit that is not the first of its queue', () => {
    expect(() => twoQueues().remove(5)).toThrow('unit 5 is not the first of its queue');
  });

  it('holds also what no proxy may serve', () => {
    const queues = twoQueues();
    queues.add(8, 3, []);
    expect(heads(queues.groups.filled())).toEqual([
      [7, 0],
      [3, 1],
      [8, 3],
    ]);
  });

  it('finds the queue whose first unit comes first in the list', () => {
    const queues = twoQueues();
    expect(firstInList([...queues.groups.filled()].toReversed())?.first).toBe(7);
    queues.remove(7);
    expect(firstInList(queues.groups.filled())?.first).toBe(3);
    expect(firstInList([])).toBeNull();
  });

  it('forgets everything when cleared', () => {
    const queues = twoQueues();
    queues.clear();
    expect([...queues.groups.ofProxy(1), ...queues.groups.filled()]).toEqual([]);
  });
});
