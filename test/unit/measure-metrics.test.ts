import { describe, expect, test } from 'vitest';
import { bestNightOf } from '../../harness/measure/best-night.ts';
import { metrics } from '../../harness/measure/metrics/metrics.ts';
import { metricInput } from '../../harness/measure/night-metric.ts';
import { quantile, quantileOf } from '../../harness/measure/quantile.ts';
import { nightScene, recordScene, type NightSketch, type RecordSketch } from '../scenes/record-scene.ts';

const measure = (sketch: NightSketch, record: RecordSketch = {}) => {
  const night = nightScene(sketch);
  const input = metricInput(night, recordScene(night, record), bestNightOf(night, null));
  return Object.fromEntries(metrics.map((m) => [m.name, m.of(input)]));
};

const vmsOf = (...sizesMB: number[]) => sizesMB.map((MB) => ({ disksMB: [MB] }));
const endings = (...endsS: number[]) => endsS.map((endS, vm) => ({ vm, endS }));

describe('the table', () => {
  test('names every metric once, in snake case, and fills every field', () => {
    expect(new Set(metrics.map((m) => m.name)).size).toBe(metrics.length);
    for (const m of metrics) {
      expect(m.name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
      expect([m.label, m.unit, m.definition].every((text) => text.length > 0)).toBe(true);
      expect(m.version).toBeGreaterThanOrEqual(1);
    }
  });

  test('puts protection first and seven numbers into the printed table', () => {
    expect(metrics.filter((m) => m.headline).map((m) => m.name)).toEqual([
      'protected_vms_pct',
      't95_vms_s',
      'makespan_s',
      'makespan_over_bound',
      'stranded',
      'excess_streams_per_tb',
      'bytes_above_20ms_pct',
    ]);
  });

  test.each([
    ['no VMs', {}],
    ['VMs without bytes', { vms: vmsOf(0, 0) }],
  ])('has a number or null for a night of %s, never NaN', (_, sketch) => {
    for (const value of Object.values(measure(sketch)))
      expect(value === null || Number.isFinite(value)).toBe(true);
  });
});

describe('protection', () => {
  // 19 small VMs end at 1, 2, ... 19 s, the large one at 100 s
  const sizes = [...Array.from({ length: 19 }, () => 100), 8100];
  const ends = [...Array.from({ length: 19 }, (_, i) => i + 1), 100];

  test('of 95 % of the bytes is reached by 38 of 40 equal VMs, though their sum falls short by rounding', () => {
    const sizesMB = Array.from({ length: 40 }, () => 3.3);
    const endsS = sizesMB.map((_, i) => i + 1);
    expect(measure({ vms: vmsOf(...sizesMB) }, { attempts: endings(...endsS) })).toMatchObject({
      t95_bytes_s: 38,
    });
  });

  test('of 95 % of the VMs comes before that of 95 % of the bytes where one VM holds most', () => {
    expect(measure({ vms: vmsOf(...sizes) }, { attempts: endings(...ends) })).toMatchObject({
      protected_vms: 20,
      protected_vms_pct: 100,
      t95_vms_s: 19,
      t99_vms_s: 100,
      t95_bytes_s: 100,
      t99_bytes_s: 100,
    });
  });

  test('has no time to a share that was never reached', () => {
    const attempts = endings(...ends).slice(0, 18);
    const m = measure({ vms: vmsOf(...sizes) }, { attempts });
    expect(m).toMatchObject({ protected_vms_pct: 90, t95_vms_s: null, t95_bytes_s: null, makespan_s: null });
  });

  test('counts from the first job start', () => {
    const sketch = { vms: vmsOf(1), jobs: [{ startS: 50 }] };
    const m = measure(sketch, { attempts: [{ startS: 60, endS: 90 }] });
    expect(m).toMatchObject({ t95_vms_s: 40, makespan_s: 40, wait_max_s: 10, turnaround_max_s: 40 });
  });

  test("counts what ends after its own job's window as unprotected at the window's end", () => {
    const sketch = {
      vms: [{ disksMB: [1000] }, { disksMB: [3000] }, { disksMB: [4000], job: 1 }],
      jobs: [{ windowEndS: 100 }, { windowEndS: 200 }],
    };
    expect(measure(sketch, { attempts: endings(100, 150, 150) })).toMatchObject({
      unprotected_at_window_gb: 3,
      protected_bytes_at_window_pct: 62.5,
      protected_vms_pct: 100,
    });
  });

  test('of a VM is complete with the last of its disks', () => {
    const sketch = { vms: [{ disksMB: [100, 300] }] };
    const units = (state: 'finished' | 'unfinished') => [
      { vm: 0, unit: 0, state: 'finished' as const, firstStartS: 5, endS: 10 },
      { vm: 0, unit: 1, state, firstStartS: 2, endS: 40 },
    ];
    expect(measure(sketch, { units: units('finished') })).toMatchObject({
      protected_vms: 1,
      t95_vms_s: 40,
      wait_max_s: 2,
    });
    expect(measure(sketch, { units: units('unfinished') })).toMatchObject({
      protected_vms: 0,
      unfinished: 1,
      stranded: 0,
      unprotected_at_window_gb: 0.4,
    });
  });
});

describe('speed', () => {
  test('is the makespan over the bound: two VMs one after another that one stream each could have done at once', () => {
    // 1000 MB at 100 MB/s: 10 s alone; streams 20 / 4, device 2, CPU 5
    const m = measure({ vms: vmsOf(1000, 1000) }, { attempts: endings(12, 25) });
    expect(m).toMatchObject({ makespan_s: 25, bound_s: 10, makespan_over_bound: 2.5 });
  });

  test('has waits and turnarounds of protected VMs only', () => {
    const attempts = [
      { startS: 0, endS: 10 },
      { startS: 10, endS: 30 },
      { startS: 20, endS: 70 },
      { startS: 999, endS: 1000, cause: 'storage' as const },
    ];
    expect(measure({ vms: vmsOf(1, 1, 1, 1) }, { attempts })).toMatchObject({
      wait_p50_s: 10,
      wait_p95_s: 19, // 10 + 0.9 * 10
      wait_max_s: 20,
      turnaround_p50_s: 30,
      turnaround_p95_s: 66,
      turnaround_max_s: 70,
    });
  });
});

describe('stranding', () => {
  test('after a round includes what jobs with fewer rounds left behind', () => {
    const sketch = { vms: [{ disksMB: [1] }, { disksMB: [1], job: 1 }], jobs: [{}, {}] };
    const rounds = [[{ stranded: 5 }, { stranded: 3 }, { stranded: 1 }], [{ stranded: 4 }]];
    expect(measure(sketch, { rounds })).toMatchObject({
      stranded_after_round_1: 9,
      stranded_after_round_2: 7,
      stranded_after_round_3: 5,
      rounds: 3,
    });
  });

  test('does not include what the window cut off from its last round', () => {
    const attempts = [{ cause: 'storage' as const }, { cause: 'window' as const }];
    const rounds = [[{ stranded: 2 }]];
    const m = measure({ vms: vmsOf(1, 1) }, { attempts, rounds, jobEnd: 'window' });
    expect(m).toMatchObject({
      stranded_after_round_1: 1,
      stranded_after_round_3: 1,
      stranded: 1,
      unfinished: 1,
    });
  });

  test('is told apart from what the window cut off, and misses are counted by class', () => {
    const vms = (['critical', 'normal', 'normal', 'low'] as const).map((priority) => ({
      disksMB: [100],
      priority,
    }));
    const attempts = [
      { vm: 0, cause: 'snapshot' as const, endS: 5, movedMB: 0 },
      { vm: 1 },
      { vm: 2, cause: 'window' as const, movedMB: 60 },
      { vm: 0, cause: 'storage' as const, movedMB: 30, attemptNo: 2 },
    ];
    expect(measure({ vms }, { attempts })).toMatchObject({
      stranded: 2,
      unfinished: 1,
      missed_critical_vms: 1,
      missed_normal_vms: 1,
      missed_low_vms: 1,
      failed_attempts: 2,
      read_in_vain_mb: 90,
    });
  });
});

describe('contention', () => {
  const device = (readMB: number, secondsAt: number[], above20 = 0, above30 = 0) => ({
    readMB,
    secondsAt,
    readMBAbove20ms: above20,
    readMBAbove30ms: above30,
  });

  test('counts streams beyond what each medium carries comfortably, per TB read', () => {
    const devices = [{ media: 'hdd' as const }, { media: 'hybrid' as const }, {}];
    const load = {
      devices: [
        device(500_000, [100, 0, 50, 10, 20], 250_000, 125_000), // 10 x 1 + 20 x 2 above 2
        device(1_000_000, [0, 0, 0, 0, 70, 4], 50_000), // 4 x 1 above 4
        device(500_000, [0, 30]),
      ],
    };
    const m = measure({ devices }, { load });
    expect(m).toMatchObject({
      excess_streams_per_tb: 27, // 54 over 2 TB
      bytes_above_20ms_pct: 15,
      bytes_above_30ms_pct: 6.25,
    });
    // (100 + 30 + 80 + 280 + 20 + 30) stream-s over (80 + 74 + 30) s
    expect(m['mean_streams_per_busy_device']).toBeCloseTo(540 / 184, 12);
  });
});

describe('proxies', () => {
  const load = {
    proxies: [
      { movedMB: 300, cpuS: 30, idleWhileWaitingS: 1800 },
      { movedMB: 100, cpuS: 30, idleWhileWaitingS: 5400 },
      { movedMB: 0, cpuS: 0, idleWhileWaitingS: 0 },
    ],
  };

  test('out of service all night, or without an agent, do not count as idle ones', () => {
    const proxies = [{ cpus: 2 }, { cpus: 4 }, { candidate: false }];
    const m = measure({ proxies }, { load, endS: 100 });
    expect(m).toMatchObject({
      idle_while_waiting_proxy_h: 2,
      proxy_cpu_utilisation_pct: 10, // 60 of 6 x 100
      proxy_mean_mbps: 2, // 400 MB by 2 in 100 s
      proxy_bytes_cv: 0.5, // mean 200, deviation 100
      proxy_bytes_max_over_mean: 1.5,
    });
    // 15 and 7.5 per core: mean 11.25, deviation 3.75
    expect(m['proxy_cpu_cv']).toBeCloseTo(1 / 3, 12);
    expect(m['proxy_cpu_max_over_mean']).toBeCloseTo(4 / 3, 12);
    const outages = [{ entity: 'proxy' as const, id: 2, fromS: -10, toS: null }];
    expect(measure({ proxies: [{}, {}, {}], outages }, { load, endS: 100 })['proxy_bytes_cv']).toBe(0.5);
  });

  test('lost in mid-night still count', () => {
    const outages = [{ entity: 'proxy' as const, id: 2, fromS: 50, toS: null }];
    const m = measure({ proxies: [{}, {}, {}], outages }, { load, endS: 100 });
    // 300, 100, 0 around 133.3
    expect(m['proxy_bytes_max_over_mean']).toBeCloseTo(2.25, 12);
  });
});

describe('quantile', () => {
  test('interpolates between order statistics', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantile([1, 2, 3, 4], p))).toEqual([1, 1.75, 2.5, 3.7, 4]);
    expect(quantileOf([30, 10, 20], 0.5)).toBe(20);
  });

  test('of an empty sample is none, and an error where the caller had to know', () => {
    expect(quantileOf([], 0.5)).toBeNull();
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
  });
});
