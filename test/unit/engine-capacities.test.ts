import { expect, it } from 'vitest';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDevice, plainDocument, plainVm } from '../scenes/plain-document.ts';

const endOf = (MB: number, slowdowns: object[]) =>
  endsByKey(
    playNight(
      plainDocument({
        devices: [plainDevice('disk', { readMBps: 100 })],
        vms: [plainVm('a', [['ds', MB]])],
        faults: { slowdowns: slowdowns.map((s) => ({ device: 'disk', from: '22:00', factor: 1, ...s })) },
      }),
    ),
  )['a'];

it('slowdowns at one time multiply, whichever began first: 100 MB/s x 0.5 x 0.4', () => {
  const factors = [{ factor: 0.5 }, { factor: 0.4 }];
  expect(endOf(1000, factors)).toBeCloseTo(50, 9);
  expect(endOf(1000, factors.toReversed())).toBeCloseTo(50, 9);
});

it('a slowdown that is over leaves the other one: 60 s at 20 MB/s, then 50 MB/s', () => {
  expect(endOf(1700, [{ factor: 0.5 }, { factor: 0.4, to: '22:01' }])).toBeCloseTo(70, 9);
});
