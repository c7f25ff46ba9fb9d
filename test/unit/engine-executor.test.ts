import { describe, expect, it } from 'vitest';
import { DecisionInvalid } from '../../harness/coordinate/contract-error.ts';
import { defineStrategy } from '../../harness/model/strategy.ts';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import {
  plainDevice,
  plainDocument,
  plainProxy,
  plainServer,
  plainStore,
  plainVm,
  plenty,
} from '../scenes/plain-document.ts';

const byHour = (of: (hour: number) => number) => Array.from({ length: 24 }, (_, hour) => of(hour));

describe('a night in which nothing more can happen', () => {
  it('ends at once where nobody can start anything, and not with its window', () => {
    const record = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 1000]])],
        faults: { outages: [{ proxy: 'p', from: '22:00' }] },
      }),
    );
    expect(record.jobs[0]).toMatchObject({ end: 'quiet', endS: 0 });
    expect(record.units[0]).toMatchObject({ state: 'stranded', reason: 'not-assigned' });
  });

  it('tells a strategy that could start something and waits for ever', () => {
    const sleeper = defineStrategy({
      contract: 1,
      name: 'sleeper',
      summary: 'waits',
      source: 'none',
      additions: '',
      defaults: {},
      workUnit: () => 'vm',
      keeps: () => [],
      create: () => ({ decide: () => ({ do: 'wait' }) }),
    });
    const document = plainDocument({ vms: [plainVm('a', [['ds', 1000]])] });
    expect(() => playNight(document, { strategy: sleeper })).toThrow(DecisionInvalid);
  });

  it('fails what has no capacity and can get none, without waiting for the window to end', () => {
    const record = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 12_000]])],
        faults: { slowdowns: [{ device: 'disk', from: '22:01', factor: 0 }] },
      }),
    );
    expect(record.attempts.map((a) => [a.cause, a.endS, a.movedMB])).toEqual([['stalled', 60, 6000]]);
    expect(record.jobs[0]).toMatchObject({ end: 'no-progress', endS: 60 });
  });

  it('does not give up what only waits for production to leave it something', () => {
    const record = playNight(
      plainDocument({
        devices: [plainDevice('disk', { production: { MBps: byHour((h) => (h === 2 ? 0 : plenty)) } })],
        vms: [plainVm('a', [['ds', 1000]])],
        jobs: [{ id: 'job', policy: 'policy', streams: 1, window: { hours: 2 } }],
      }),
    );
    expect(endsByKey(record)).toEqual({ a: 4 * 3600 + 10 });
  });
});

describe('attempts that end together', () => {
  const queued = {
    devices: [plainDevice('disk')],
    stores: [plainStore('ds', 'disk', 1)],
    vms: [plainVm('a', [['ds', 1e6]]), plainVm('b', [['ds', 1e6]])],
  };

  it('pass nothing on to one another: terminated at the window end', () => {
    const record = playNight(
      plainDocument({
        ...queued,
        jobs: [{ id: 'job', policy: 'policy', streams: 2, window: { hours: 1, atEnd: 'terminate' } }],
      }),
    );
    expect(record.attempts.map((a) => [a.cause, a.transferS, a.endS])).toEqual([
      ['window', 0, 3600],
      ['window', null, 3600],
    ]);
  });

  it('pass nothing on to one another: lost with their device', () => {
    const record = playNight(
      plainDocument({ ...queued, faults: { outages: [{ device: 'disk', from: '22:01' }] } }),
    );
    expect(record.attempts.map((a) => [a.cause, a.transferS, a.endS])).toEqual([
      ['device-lost', 0, 60],
      ['device-lost', null, 60],
    ]);
  });

  it('end once, also where the one that waits would fail as soon as it is let in', () => {
    const broken = [{ vm: 'b' }];
    const atWindowEnd = playNight(
      plainDocument({
        ...queued,
        jobs: [{ id: 'job', policy: 'policy', streams: 2, window: { hours: 1, atEnd: 'terminate' } }],
        faults: { broken },
      }),
    );
    expect(atWindowEnd.attempts.map((a) => a.cause)).toEqual(['window', 'window']);
    const withDevice = playNight(
      plainDocument({ ...queued, faults: { broken, outages: [{ device: 'disk', from: '22:01' }] } }),
    );
    expect(withDevice.attempts.map((a) => a.cause)).toEqual(['device-lost', 'device-lost']);
  });
});

it('fails an attempt at the last byte of one stream while the other ends too, all bytes read', () => {
  const disks: [string, number][] = [
    ['ds', 1000],
    ['ds', 1000],
  ];
  const record = playNight(
    plainDocument({
      proxies: [plainProxy('p', { sanZones: ['zone-disk'] })],
      vms: [plainVm('a', disks)],
      jobs: [{ id: 'job', policy: 'policy', streams: 2, streamsPerVm: 2 }],
      faults: { broken: [{ vm: 'a', cause: 'network', atShare: 1 }] },
    }),
  );
  expect(record.attempts.map((a) => [a.cause, a.endS, a.movedMB])).toEqual([['network', 10, 2000]]);
  expect(record.load.devices[0]!.readMB).toBe(2000);
});

it('fails an attempt in its first stream alone, and begins no further read of another that ends its own just then', () => {
  const record = playNight(
    plainDocument({
      devices: [plainDevice('disk'), plainDevice('disk-2')],
      stores: [plainStore('ds', 'disk'), plainStore('ds-2', 'disk-2')],
      servers: [plainServer('esx', ['ds', 'ds-2'])],
      proxies: [plainProxy('p', { sanZones: ['zone-disk', 'zone-disk-2'] })],
      // the second stream reads 500 MB, and then 100 of another device
      vms: [
        plainVm('a', [
          ['ds', 1000],
          ['ds', 500],
          ['ds-2', 100],
        ]),
        plainVm('b', [['ds', 2000]]),
      ],
      jobs: [{ id: 'job', policy: 'policy', streams: 3, streamsPerVm: 2, maxRounds: 1 }],
      faults: { broken: [{ vm: 'a', cause: 'network', atShare: 0.5 }] },
    }),
  );
  expect(record.attempts.map((a) => [a.cause, a.endS, a.movedMB])).toEqual([
    ['network', 5, 1000],
    ['finished', 20, 2000],
  ]);
  expect(record.load.devices.map((d) => d.readMB)).toEqual([3000, 0]);
});

it('loses a read through a second server with that server', () => {
  const record = playNight(
    plainDocument({
      sites: [{ id: 'here' }, { id: 'there' }],
      servers: [plainServer('esx', ['ds']), plainServer('esx-2', ['ds'], { site: 'there' })],
      proxies: [plainProxy('p', { site: 'there' })],
      agents: [{ id: 'agent', site: 'there', storage: 'vault' }],
      vms: [plainVm('a', [['ds', 12_000]])],
      faults: { outages: [{ server: 'esx-2', from: '22:01' }] },
    }),
  );
  expect(record.attempts[0]).toMatchObject({ tier: 4, cause: 'server-lost', endS: 60 });
});

describe('one instant (N27)', () => {
  it('brings the load of the new hour, though something else of the instant was due just before it', () => {
    const record = playNight(
      plainDocument({
        devices: [
          plainDevice('disk', {
            readMBps: 1000,
            production: { MBps: byHour((h) => (h === 23 ? 950 : 0)) },
          }),
        ],
        // a ends 5e-10 s before 23:00
        vms: [plainVm('a', [['ds', 359_999.99999995]]), plainVm('b', [['ds', 400_000]])],
      }),
    );
    // b: 360,000 MB by 23:00, then 40,000 MB at 50 MB/s
    expect(endsByKey(record)['b']).toBeCloseTo(3600 + 800, 6);
  });

  it('begins a round that pended until then, though something else of the instant was due just before it', () => {
    const record = playNight(
      plainDocument({
        vms: [
          plainVm('a', [['ds', 1000]]),
          plainVm('b', [['ds', 1000]]),
          plainVm('c', [['ds', 1999.99999995]]),
        ],
        jobs: [
          { id: 'pends', policy: 'policy', streams: 2, select: { vms: ['a', 'b'] }, pendDelayS: 10 },
          { id: 'other', policy: 'policy', streams: 2, select: { vms: ['c'] } },
        ],
        faults: { broken: [{ vm: 'b', attempts: 1 }] },
      }),
    );
    // round 1 closes with a at 10, round 2 begins at 20
    expect(endsByKey(record)['b']).toBeCloseTo(30, 6);
  });
});
