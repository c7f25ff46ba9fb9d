import { expect, it } from 'vitest';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

it('stops the removal of a snapshot with the proxy that is lost in the middle of it', () => {
  // a is read from 0 to 60 s, and its delta written back from then on; p1 is lost in that instant, and seen to be.
  // Again on p2: 600 MB written back until 70, read until 130, 600 MB until 140
  const record = playNight(
    plainDocument({
      vms: [plainVm('a', [['ds', 6000]], { writeMBps: 10 }), plainVm('b', [['ds', 1000]])],
      proxies: [plainProxy('p1', { sanZones: ['zone-disk'] }), plainProxy('p2', { sanZones: ['zone-disk'] })],
      streamCaps: { sanMBps: 100 },
      roles: { detectS: 0, takeoverS: 0 },
      faults: { outages: [{ proxy: 'p1', from: '22:01' }] },
    }),
  );
  expect(record.attempts.map((a) => [a.proxy, a.cause, a.endS])).toEqual([
    [0, 'proxy-lost', 60],
    [1, 'finished', 10],
    [1, 'finished', 140],
  ]);
  expect(endsByKey(record)).toEqual({ a: 140, b: 10 });
});
