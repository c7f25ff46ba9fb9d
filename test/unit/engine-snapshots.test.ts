import { describe, expect, it } from 'vitest';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { defineStrategy, type Setup } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDevice, plainDocument, plainProxy, plainStore, plainVm } from '../scenes/plain-document.ts';

describe('snapshots', () => {
  it('left behind half removed are cleaned up, with all that was written since they were opened', () => {
    const record = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 6000]], { writeMBps: 10 })],
        overheads: { snapshotRemoveS: 120, cleanUpS: 30 },
        faults: {
          failAtOnceS: 60,
          outages: [{ device: 'disk', from: '22:02', to: '22:03' }],
        },
      }),
      { plain: { retries: true } },
    );
    expect(record.attempts.map((a) => [a.startS, a.cause, a.endS])).toEqual([
      [0, 'device-lost', 120], // read until 60, removing until 180
      [120, 'device-lost', 180],
      // clean up 30, write back 210 x 10 MB at 60 MB/s: 35, read 60, remove 120, write back 180 x 10 MB: 30
      [180, 'finished', 455],
    ]);
  });

  it('left behind again are cleaned up from their own opening', () => {
    const record = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 1000]], { writeMBps: 6 })],
        overheads: { cleanUpS: 5 },
        faults: { broken: [{ vm: 'a', cause: 'network', attempts: 2, atShare: 1 }] },
      }),
      { plain: { retries: true } },
    );
    // clean up 5, write back 15 x 6 MB at 60 MB/s: 1.5, read 10; both times; at last 10 x 6 MB: 1
    expect(record.attempts.map((a) => [a.cause, a.endS])).toEqual([
      ['network', 10],
      ['network', 26.5],
      ['finished', 44],
    ]);
  });

  it('that were removed leave the next attempt at the VM nothing to clean up', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p', { maxStreams: 1, sanZones: ['zone-disk'] })],
        vms: [
          plainVm('a', [
            ['ds', 1000],
            ['ds', 1000],
          ]),
        ],
        overheads: { cleanUpS: 30 },
      }),
      { plain: { workUnit: 'disk' } },
    );
    expect(endsByKey(record)).toEqual({ 'a#0': 10, 'a#1': 20 });
  });

  it('are written back from their own opening, though the next one of the VM is open by then', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p', { maxStreams: 1 }), plainProxy('q', { maxStreams: 1 })],
        vms: [
          plainVm('b', [['ds', 0]]),
          plainVm(
            'a',
            [
              ['ds', 1000],
              ['ds', 1000],
            ],
            { writeMBps: 6 },
          ),
        ],
        overheads: { snapshotRemoveS: 20 },
      }),
      { plain: { workUnit: 'disk' } },
    );
    // b: remove 20. a#0: read 10, remove 20, write back 30 x 6 MB at 60 MB/s: 3.
    // a#1 follows b: it opens a snapshot at 20, while that of a#0 is being removed
    expect(endsByKey(record)).toEqual({ 'b#0': 20, 'a#0': 33, 'a#1': 53 });
  });

  it('are no longer written back once the attempt is terminated', () => {
    const record = playNight(
      plainDocument({
        devices: [plainDevice('disk', { readMBps: 150 })],
        vms: [plainVm('a', [['ds', 3000]], { writeMBps: 60 }), plainVm('b', [['ds', 10_000]])],
        jobs: [
          {
            id: 'short',
            policy: 'policy',
            streams: 1,
            select: { vms: ['a'] },
            window: { hours: 0.0125, atEnd: 'terminate' },
          },
          { id: 'long', policy: 'policy', streams: 1, select: { vms: ['b'] } },
        ],
      }),
    );
    // 0-40 both at 75; then a delta of 2400 MB, read and written at 50 while b reads at 50; from 45 on b alone at 100
    expect(record.attempts[0]).toMatchObject({ cause: 'window', endS: 45, movedMB: 3000 });
    expect(endsByKey(record)['b']).toBeCloseTo(45 + (10_000 - 40 * 75 - 5 * 50) / 100, 9);
  });

  it('keep their slot for a disk of the VM that makes the next one while the last one is removed', () => {
    const starts = [
      { atS: 0, key: 'a#0' },
      { atS: 16, key: 'a#1' }, // the slot is still that of a#0, which ends before a#1 has opened its snapshot at 18
      { atS: 16.5, key: 'b#0' },
    ];
    const byScript = defineStrategy({
      contract: 1,
      name: 'by-script',
      summary: '',
      source: 'this test',
      additions: '',
      defaults: {},
      workUnit: () => 'disk' as const,
      keeps: () => [],
      create: ({ job }: Setup<Record<string, never>>) => ({
        decide(view) {
          const next = starts.find(({ key }) => view.isAwaiting(job.units.findIndex((u) => u.key === key)));
          if (next === undefined) return view.jobActive > 0 ? { do: 'wait' } : { do: 'end-round' };
          if (view.nowS < next.atS) return { do: 'wait', untilS: next.atS };
          return { do: 'start', unit: job.units.findIndex((u) => u.key === next.key), proxy: 0 };
        },
      }),
    });
    const document = plainDocument({
      stores: [plainStore('ds', 'disk', 1)],
      vms: [
        plainVm('a', [
          ['ds', 1000],
          ['ds', 2000],
        ]),
        plainVm('b', [['ds', 1000]]),
      ],
      overheads: { snapshotCreateS: 2, snapshotRemoveS: 5 },
    });
    const night = compileNight(document, { clusterSeed: 1, nightSeed: 1 });
    const record = simulateNight({ night, strategy: byScript, params: {}, seedText: '' });
    // 2 + 10 + 5; from 16: 2 + 20 + 5; then b: 2 + 10 + 5
    expect(record.attempts.map((a) => a.endS)).toEqual([17, 43, 60]);
  });
});
