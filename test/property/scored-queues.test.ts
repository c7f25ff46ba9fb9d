import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScoredQueues, type ScoredQueue } from '../../harness/kit/scored-queues.ts';
import type { UnitFacts } from '../../harness/model/facts.ts';
import type { View } from '../../harness/model/strategy.ts';

const proxyLists = [[0], [0, 1], [2]] as const;
const deviceLists = [[0], [1], [0, 1], [1, 2], [2, 3]] as const;

/** Queues whose score is the busiest of their devices; `active` is what scores are read from, whoever tells of it. */
function scene(units: readonly { devices: number; proxies: number }[]) {
  const active = [0, 0, 0, 0];
  let asked = 0;
  const scoreOf = ({ devices }: Pick<ScoredQueue, 'devices'>) => {
    asked++;
    return Math.max(...devices.map((d) => active[d]!));
  };
  const eased: ScoredQueue[] = [];
  const queues = createScoredQueues(
    { proxyCount: 3, unitCount: units.length },
    { scoreOf, scoredBy: ['devices'] },
    { wanted() {}, changed() {}, eased: (queue) => void eased.push(queue) },
  );
  const view = {} as View;
  const named = units.map(({ devices, proxies }, id) => ({
    name: deviceLists[devices],
    unit: { id, devices: deviceLists[devices]!, stores: [] } as unknown as UnitFacts,
    place: id,
    proxies: proxyLists[proxies]!,
  }));
  queues.fill(named, view);
  return { queues, view, active, eased, scoreOf, named, asked: () => asked };
}

const anyUnit = fc.record({ devices: fc.nat(4), proxies: fc.nat(2) });
const anyStep = fc.record({
  what: fc.constantFrom('open', 'open', 'close', 'take', 'take'),
  device: fc.nat(3),
  proxies: fc.nat(2),
  bound: fc.integer({ min: 1, max: 5 }),
});

describe('scored queues', () => {
  it('give what a walk over the list gives, though they are told of falls only', () => {
    fc.assert(
      fc.property(
        fc.array(anyUnit, { minLength: 1, maxLength: 25 }),
        fc.array(anyStep, { maxLength: 80 }),
        (units, steps) => {
          const { queues, view, active, scoreOf, named } = scene(units);
          const waiting = [...named];
          for (const { what, device, proxies, bound } of steps) {
            if (what === 'open') active[device]!++;
            else if (what === 'close' && active[device]! > 0) {
              active[device]!--;
              queues.eased('devices', [device], view);
            }
            const first = waiting.find(
              (one) => one.proxies === proxyLists[proxies] && scoreOf(one.unit) < bound,
            );
            const group = queues.groups.of(proxyLists[proxies]!);
            expect(queues.firstBelow(group, bound, view)?.first).toBe(first?.unit.id);
            if (what !== 'take' || first === undefined) continue;
            queues.remove(first.unit.id, view);
            waiting.splice(waiting.indexOf(first), 1);
          }
        },
      ),
    );
  });

  it('ask for no score when a stream opens, and for those that were too busy when it closes', () => {
    const { queues, view, active, eased, asked } = scene(
      Array.from({ length: 20 }, (_, i) => ({ devices: i % 5, proxies: 0 })),
    );
    eased.length = 0;
    active.fill(1);
    const group = queues.groups.of([0]);
    expect(queues.firstBelow(group, 1, view)).toBeNull();
    expect(asked()).toBe(5); // a queue for each list of devices
    active[3]!--;
    queues.eased('devices', [3], view);
    expect(eased).toEqual([]); // device 2 is as busy as before
    expect(asked()).toBe(6);
    active[2]!--;
    queues.eased('devices', [2], view);
    expect(eased.map((queue) => queue.devices)).toEqual([[2, 3]]);
    expect(asked()).toBe(8);
    queues.eased('devices', [2], view);
    expect(asked()).toBe(9); // of [1, 2] alone: nothing is known of the other
    expect(queues.firstBelow(group, 1, view)?.first).toBe(4);
  });
});
