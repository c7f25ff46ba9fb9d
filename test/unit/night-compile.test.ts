import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { createClock, hourAt } from '../../harness/night/clock.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { plainAgent, plainDevice, plainDocument, plainVm } from '../scenes/plain-document.ts';

const nightOf = (parts: Partial<DocumentInput>, nightSeed = 1) =>
  compileNight(plainDocument(parts), { clusterSeed: 1, nightSeed });

const job = (id: string, more: Partial<DocumentInput['jobs'][number]> = {}) => ({
  id,
  policy: 'policy',
  streams: 1,
  ...more,
});

describe('the clock of a night', () => {
  const clockOf = (...starts: string[]) =>
    createClock(
      plainDocument({
        vms: starts.map((_, i) => plainVm(`v${i}`, [['ds', 1]])),
        jobs: starts.map((start, i) => job(`j${i}`, { start, select: { vms: [`v${i}`] } })),
      }),
    );
  const hours = 3600;

  it('begins with the first job, and 02:00 comes after 22:00', () => {
    const clock = clockOf('02:00', '22:00', '23:30');
    expect(clock.originS).toBe(22 * hours);
    expect(['22:00', '23:30', '02:00', '11:59', '21:00'].map(clock.atS)).toEqual([
      0,
      1.5 * hours,
      4 * hours,
      13 * hours + 3540,
      -hours,
    ]);
  });

  it('ends a span the next time that it shows the hour', () => {
    const clock = clockOf('22:00');
    expect(clock.untilS('23:00', '02:00')).toBe(4 * hours);
    expect(clock.untilS('21:00', '22:30')).toBe(0.5 * hours);
    expect(clock.untilS('10:00', '14:00')).toBe(16 * hours);
  });

  it('tells the hour of the day, also just before it (N27), and before the night', () => {
    expect(
      [0, 2 * hours, 2 * hours - 5e-10, 2 * hours - 1, -1, 26 * hours].map((s) => hourAt(22 * hours, s)),
    ).toEqual([22, 0, 0, 23, 21, 0]);
  });
});

describe('what a job moves', () => {
  const vms = [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]]), plainVm('c', [['ds', 1000]])].map(
    (v) => ({ ...v, disks: v.disks.map((d) => ({ ...d, dailyChange: 0.1 })) }),
  );
  const jobs = [
    job('full', { select: { vms: ['a'] } }),
    job('changed', { kind: 'incremental', select: { vms: ['b'] } }),
  ];

  it('is all that is used, or what has changed; nothing of a VM without a job', () => {
    const night = nightOf({ vms, jobs });
    expect(night.vms.map((v) => v.disks[0]!.toMoveMB)).toEqual([1000, 100, 0]);
    expect(night.vms.map((v) => v.job)).toEqual([0, 1, null]);
  });

  it('varies by night and VM in whole MB, never above what is used, whatever else there is', () => {
    const variation = { changedDataSigma: 2 };
    const moved = (nightSeed: number, list: typeof vms) =>
      nightOf({ vms: list, jobs: [job('changed', { kind: 'incremental' })], variation }, nightSeed);
    const seen = Array.from({ length: 200 }, (_, seed) =>
      moved(seed, vms).vms.map((v) => v.disks[0]!.toMoveMB),
    );
    expect(seen.flat().every((mb) => Number.isInteger(mb) && mb >= 0 && mb <= 1000)).toBe(true);
    expect(new Set(seen.flat()).size).toBeGreaterThan(200);
    expect(seen.flat()).toContain(1000);
    expect(moved(7, vms.toReversed()).vms.map((v) => v.disks[0]!.toMoveMB)).toEqual(seen[7]!.toReversed());
  });
});

it('a job knows its agents in order of the document, whatever the order in its policy', () => {
  const agents = ['x', 'y'].map((id) => plainAgent(id));
  const policies = [{ id: 'policy', agents: ['y', 'x'] }];
  expect(nightOf({ vms: [plainVm('a', [['ds', 1]])], agents, policies }).jobs[0]!.agents).toEqual([0, 1]);
});

it('a guest writes what is written of it, else a day of its changes over a day', () => {
  const [a, b] = [plainVm('a', [['ds', 864_000]], { writeMBps: 7 }), plainVm('b', [['ds', 864_000]])];
  delete b!.writeMBps;
  expect(nightOf({ vms: [a!, b!] }).vms.map((v) => v.writeMBps)).toEqual([7, 0.02 * 10]);
});

it('production load varies by night and device, within its spread', () => {
  const devices = ['d1', 'd2'].map((id) =>
    plainDevice(id, { production: { MBps: 1000, outstandingIo: 10 } }),
  );
  const parts = {
    devices,
    stores: [{ id: 'ds', device: 'd1' }],
    vms: [plainVm('a', [['ds', 1]])],
    variation: { productionLoadSpread: 0.5 },
  };
  const loads = Array.from({ length: 100 }, (_, seed) =>
    nightOf(parts, seed).devices.map((d) => d.productionMBps[3]!),
  );
  expect(loads.flat().every((x) => x >= 500 && x <= 1500)).toBe(true);
  expect(Math.max(...loads.flat()) - Math.min(...loads.flat())).toBeGreaterThan(800);
  expect(loads.some(([x, y]) => x !== y)).toBe(true);
  const [d1] = nightOf(parts, 5).devices;
  expect(d1!.outstandingIo[0]! / 10).toBeCloseTo(d1!.productionMBps[0]! / 1000, 12);
});
