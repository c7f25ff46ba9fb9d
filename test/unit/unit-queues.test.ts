import { describe, expect, it } from 'vitest';
import { createUnitQueues, firstInList } from '../../harness/kit/unit-queues.ts';
import type { UnitFacts } from '../../harness/model/facts.ts';

const unit = (id: number) => ({ id }) as UnitFacts;
const heads = (queues: readonly { first: UnitFacts; place: number }[]) =>
  queues.map((q) => [q.first.id, q.place]);

function twoQueues() {
  const queues = createUnitQueues(3);
  queues.add('a', { unit: unit(7), place: 0, proxies: [0, 1] });
  queues.add('b', { unit: unit(3), place: 1, proxies: [1] });
  queues.add('a', { unit: unit(5), place: 2, proxies: [0, 1] });
  return queues;
}

describe('createUnitQueues', () => {
  it('shows a proxy the first of each queue that it may serve', () => {
    const queues = twoQueues();
    expect(heads(queues.ofProxy(0))).toEqual([[7, 0]]);
    expect(heads(queues.ofProxy(1))).toEqual([
      [7, 0],
      [3, 1],
    ]);
    expect(queues.ofProxy(2)).toEqual([]);
  });

  it('moves on to the next of the queue, and drops a queue that is empty', () => {
    const queues = twoQueues();
    queues.remove(7);
    queues.remove(3);
    expect(heads(queues.ofProxy(1))).toEqual([[5, 2]]);
    queues.remove(5);
    expect(queues.ofProxy(0)).toEqual([]);
  });

  it('takes a queue up again that was empty', () => {
    const queues = twoQueues();
    queues.remove(3);
    queues.add('b', { unit: unit(9), place: 4, proxies: [1] });
    expect(heads(queues.ofProxy(1))).toEqual([
      [7, 0],
      [9, 4],
    ]);
  });

  it('refuses to take out a unit that is not the first of its queue', () => {
    expect(() => twoQueues().remove(5)).toThrow('unit 5 is not the first of its queue');
  });

  it('shows every queue once, also one that no proxy may serve, until it is empty', () => {
    const queues = twoQueues();
    queues.add('c', { unit: unit(8), place: 3, proxies: [] });
    expect(heads(queues.all())).toEqual([
      [7, 0],
      [3, 1],
      [8, 3],
    ]);
    queues.remove(3);
    expect(heads(queues.all())).toEqual([
      [7, 0],
      [8, 3],
    ]);
  });

  it('finds the queue whose first unit comes first in the list', () => {
    const queues = twoQueues();
    expect(firstInList(queues.all().toReversed())?.first.id).toBe(7);
    queues.remove(7);
    expect(firstInList(queues.all())?.first.id).toBe(3);
    expect(firstInList([])).toBeNull();
  });

  it('forgets everything when cleared', () => {
    const queues = twoQueues();
    queues.clear();
    expect([...queues.ofProxy(1), ...queues.all()]).toEqual([]);
  });
});
