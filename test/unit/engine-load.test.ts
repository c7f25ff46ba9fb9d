import { describe, expect, it } from 'vitest';
import { defineStrategy, type Decision, type View } from '../../harness/model/strategy.ts';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDevice, plainDocument, plainProxy, plainServer, plainVm } from '../scenes/plain-document.ts';

const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0);

describe('what a night records of its load', () => {
  const vms = [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 2000]]), plainVm('c', [['ds', 3000]])];

  it('is the latency of each read: 4 outstanding I/Os per SAN stream, beside those of production', () => {
    const { load } = playNight(
      plainDocument({
        devices: [
          plainDevice('disk', { latencyMs: 10, latencyMsPerIo: 2, production: { outstandingIo: 1 } }),
        ],
        proxies: [plainProxy('p', { sanZones: ['zone-disk'] })],
        vms,
      }),
    );
    // 3, 2 and 1 streams for 10 s each: 10 + 2 x 13 = 36, 10 + 2 x 9 = 28, 10 + 2 x 5 = 20 ms
    expect(load.devices[0]).toMatchObject({
      readMB: 6000,
      secondsAt: [0, 10, 10, 10],
      readMBAbove20ms: 5000,
      readMBAbove30ms: 3000,
    });
  });

  it('is fewer outstanding I/Os where disks are attached, and fewer still over the network', () => {
    // one stream: 10 + 4 x 3 = 22 ms attached, 10 + 4 x 2 = 18 ms over the network
    const above20 = (proxy: object) =>
      playNight(
        plainDocument({
          devices: [plainDevice('disk', { latencyMs: 10, latencyMsPerIo: 4 })],
          proxies: [plainProxy('p', proxy)],
          vms: [plainVm('a', [['ds', 1000]])],
        }),
      ).load.devices[0]!.readMBAbove20ms;
    expect([above20({ server: 'esx' }), above20({})]).toEqual([1000, 0]);
  });

  it('is as many outstanding I/Os as the document says', () => {
    const above20 = (localIo: number) =>
      playNight(
        plainDocument({
          devices: [plainDevice('disk', { latencyMs: 10, latencyMsPerIo: 4 })],
          proxies: [plainProxy('p', { server: 'esx' })],
          streamIo: { localIo },
          vms: [plainVm('a', [['ds', 1000]])],
        }),
      ).load.devices[0]!.readMBAbove20ms;
    expect([above20(2), above20(3)]).toEqual([0, 1000]);
  });

  it('follows the sharing model of the document', () => {
    // one stream over the network at 50 MB/s at most, two over the SAN at 250, on a device of 300 MB/s
    const ends = (sharing: 'max-min' | 'by-demand' | 'per-stream') =>
      endsByKey(
        playNight(
          plainDocument({
            sharing,
            devices: [plainDevice('disk', { readMBps: 300 })],
            streamCaps: { sanMBps: 250, networkMBps: 50 },
            proxies: [
              plainProxy('lan', { maxStreams: 1 }),
              plainProxy('san', { sanZones: ['zone-disk'], maxStreams: 2 }),
            ],
            vms: ['a', 'b', 'c'].map((key) => plainVm(key, [['ds', 1000]])),
          }),
        ),
      );
    expect(ends('max-min')).toEqual({ a: 8, b: 20, c: 8 });
    // at first 6/11 of what each would get alone: a and c 136.4 MB/s, b 27.3
    expect(Object.values(ends('by-demand')).map((s) => s!.toFixed(6))).toEqual([
      '7.333333',
      '23.333333',
      '7.333333',
    ]);
    // 100 MB/s each, of which b leaves the half
    expect(ends('per-stream')).toEqual({ a: 10, b: 20, c: 10 });
  });

  it('is core-seconds of the proxies, and what went through production servers', () => {
    const night = (sanZones: string[]) =>
      playNight(plainDocument({ proxies: [plainProxy('p', { sanZones, fullMBpsPerCore: 50 })], vms })).load;
    expect(night(['zone-disk']).proxies[0]).toMatchObject({ movedMB: 6000 });
    expect(night(['zone-disk']).proxies[0]!.cpuS).toBeCloseTo(120, 9);
    expect([night(['zone-disk']).throughServersMB, night([]).throughServersMB]).toEqual([0, 6000]);
  });

  it('is what limited each stream, or that it was not transferring', () => {
    const { load } = playNight(
      plainDocument({
        devices: [plainDevice('disk', { readMBps: 150 })],
        vms: [plainVm('a', [['ds', 3000]]), plainVm('b', [['ds', 6000]])],
        overheads: { connectS: 4 },
      }),
    );
    // 0-4 connecting, 4-44 both by the device, 44-74 b by its cap
    expect(load.binS).toBe(60);
    expect(load.limitedStreams.source).toEqual([80 / 60, 0]);
    expect(load.limitedStreams['stream cap']).toEqual([16 / 60, 1]);
    expect(load.limitedStreams['not transferring']).toEqual([8 / 60, 0]);
    expect(load.limitedStreams.proxy).toEqual([0, 0]);
  });

  it.each([
    ['proxy', { proxies: [plainProxy('p', { cpus: 1, fullMBpsPerCore: 10 })] }],
    ['network', { servers: [plainServer('esx', ['ds'], { uplinkMBps: 10 })] }],
    ['source', { servers: [plainServer('esx', ['ds'], { networkReadMBps: 10 })] }],
    ['target', { secondaryStorage: [{ id: 'vault', writeMBps: 10 }] }],
  ] as const)('names the %s that limits', (group, parts) => {
    const { load, endS } = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 1000]])],
        proxies: [plainProxy('p')],
        ...structuredClone(parts),
      } as object),
    );
    expect(endS).toBeCloseTo(100, 9);
    expect(sum(load.limitedStreams[group])).toBe(2); // bins of 60 and 40 s
  });
});

const asking = (needs: ('what-if' | 'latency' | 'throttle')[], decide: (view: View) => Decision) =>
  defineStrategy({
    contract: 1,
    name: 'asking',
    summary: 'as the test says',
    source: 'none',
    additions: '',
    defaults: {},
    needs,
    workUnit: () => 'vm',
    keeps: () => [],
    create: () => ({ decide }),
  });

describe('what an executor offers', () => {
  it('is the rate that a start would get now', () => {
    const rates: number[] = [];
    const strategy = asking(['what-if'], (view) => {
      const unit = view.awaiting().next().value;
      if (unit === undefined) return { do: 'wait' };
      rates.push(view.rateIfMBps(unit, 0));
      return { do: 'start', unit, proxy: 0 };
    });
    const document = plainDocument({
      devices: [plainDevice('disk', { readMBps: 150 })],
      vms: ['a', 'b', 'c'].map((key) => plainVm(key, [['ds', 1000]])),
    });
    const record = playNight(document, { strategy });
    expect([rates, record.whatIfCount]).toEqual([[100, 75, 50], 3]);
  });

  it('is a throttle of all streams of a device, those under way too, until it is taken off', () => {
    const strategy = asking(['throttle'], (view) => {
      const unit = view.awaiting().next().value;
      if (unit !== undefined) {
        if (view.jobActive === 1 && !throttled) {
          throttled = true;
          return { do: 'throttle', device: 0, streamMBps: 50 };
        }
        return { do: 'start', unit, proxy: 0 };
      }
      if (view.nowS < 10) return { do: 'wait', untilS: 10 };
      if (!throttled) return { do: 'wait' };
      throttled = false;
      return { do: 'throttle', device: 0, streamMBps: null };
    });
    let throttled = false;
    const record = playNight(
      plainDocument({ vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 2000]])] }),
      { strategy },
    );
    // both at 50 until 10, then at 100
    expect(endsByKey(record)).toEqual({ a: 15, b: 25 });
  });

  it('is the latency with the streams that transfer now', () => {
    const seen: number[] = [];
    const strategy = asking(['latency'], (view) => {
      seen.push(view.latencyMs(0));
      const unit = view.awaiting().next().value;
      return unit === undefined ? { do: 'wait' } : { do: 'start', unit, proxy: 0 };
    });
    playNight(
      plainDocument({
        devices: [plainDevice('disk', { latencyMs: 1, latencyMsPerIo: 0.5 })],
        proxies: [plainProxy('p', { sanZones: ['zone-disk'] })],
        vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
      }),
      { strategy },
    );
    expect(seen.slice(0, 3)).toEqual([1, 3, 5]);
  });
});
