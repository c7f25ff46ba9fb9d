import { describe, expect, test } from 'vitest';
import { bestNightOf } from '../../harness/measure/best-night.ts';
import { measureNight } from '../../harness/measure/measure-night.ts';
import { vmColumns, vmRows } from '../../harness/measure/item-table.ts';
import { tallyOf } from '../../harness/measure/tally.ts';
import { whatSetMakespan } from '../../harness/measure/what-set-makespan.ts';
import { nightScene, recordScene, type NightSketch, type RecordSketch } from '../scenes/record-scene.ts';

const seriesOf = (sketch: NightSketch, record: RecordSketch = {}) => {
  const night = nightScene(sketch);
  return measureNight(night, recordScene(night, record), bestNightOf(night, null)).series;
};

const repeat = <T>(n: number, value: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => value(i));

describe('protected over time', () => {
  test('steps at every end, from 0 to the end of the night', () => {
    const attempts = [{ endS: 20 }, { endS: 10 }, { endS: 20 }, { endS: 30, cause: 'storage' as const }];
    const vms = [100, 200, 300, 400].map((MB) => ({ disksMB: [MB] }));
    expect(seriesOf({ vms }, { attempts, endS: 50 })['protected']).toEqual({
      tS: [0, 10, 20, 50],
      vmShare: [0, 0.25, 0.75, 0.75],
      byteShare: [0, 0.2, 0.6, 0.6],
    });
  });

  test('keeps at most 240 exact points of a long night, the first and the last among them', () => {
    const vms = repeat(1000, () => ({ disksMB: [1] }));
    const attempts = repeat(1000, (i) => ({ endS: i + 1 }));
    const { tS, vmShare } = seriesOf({ vms }, { attempts })['protected']!;
    expect(tS).toHaveLength(240);
    expect([tS![0], vmShare![0], tS!.at(-1), vmShare!.at(-1)]).toEqual([0, 0, 1000, 1]);
    expect(tS!.every((t, i) => vmShare![i] === (t as number) / 1000)).toBe(true);
  });

  test('of nothing is a flat line, not NaN', () => {
    expect(seriesOf({}, { endS: 5 })['protected']).toEqual({
      tS: [0, 5],
      vmShare: [0, 0],
      byteShare: [0, 0],
    });
  });
});

test('rounds are summed over jobs, and what a job left stranded stays', () => {
  const rounds = [
    [
      { started: 10, failed: 2, stranded: 3 },
      { started: 3, failed: 1, stranded: 1 },
    ],
    [{ started: 5, failed: 4, stranded: 4 }],
  ];
  expect(seriesOf({ jobs: [{}, {}] }, { rounds })['rounds']).toEqual({
    round: [1, 2],
    stranded: [7, 5],
    started: [15, 3],
    failed: [6, 1],
  });
});

describe('streams over time', () => {
  // 8 devices with 100, 200, ... 800 MB to read; the first two are so slow that they take longest
  const devices = repeat(8, (d) => ({ readMBps: d < 2 ? 1 : 100 }));
  const vms = repeat(8, (d) => ({ disksMB: [100 * (d + 1)], devices: [d] }));
  const of = (deviceStreams: number[][]) =>
    seriesOf({ devices, vms }, { load: { binS: 60, deviceStreams } })['deviceStreams']!;

  test('are drawn for the six devices that take longest to read, in document order', () => {
    const { device } = of(repeat(8, () => [1, 0]));
    expect(device).toEqual([0, 1, 4, 5, 6, 7].map((d) => `device-${d}`));
  });

  test('end with the last stream, and an idle device has none', () => {
    const { device, tS, streams } = of(repeat(8, (d) => (d === 7 ? [0, 2, 0, 1, 0, 0] : [0, 0])));
    expect(device).toEqual(repeat(4, () => 'device-7'));
    expect([tS, streams]).toEqual([
      [0, 60, 120, 180],
      [0, 2, 0, 1],
    ]);
  });

  test('show the same devices whatever the strategy did', () => {
    const some = of(repeat(8, (d) => (d === 3 ? [9, 9] : [1])));
    expect(new Set(some['device'])).toEqual(new Set(of(repeat(8, () => [1]))['device']));
  });
});

test('what limited the night has every group at every bin, until the last of any', () => {
  const limitedStreams = {
    source: [1, 2, 0],
    proxy: [0.5],
    network: [],
    target: [],
    'stream cap': [],
    'not transferring': [],
  };
  const { group, tS, streams } = seriesOf({}, { load: { binS: 30, limitedStreams } })['limited']!;
  expect(group).toHaveLength(12);
  expect(tS!.slice(0, 4)).toEqual([0, 30, 0, 30]);
  expect(streams!.slice(0, 4)).toEqual([1, 2, 0.5, 0]);
});

test('bounds are named beside the numbers, longest first', () => {
  const { name, seconds, what } = seriesOf({ vms: [{ disksMB: [1000] }] })['bounds']!;
  expect([name![0], seconds![0], what![0]]).toEqual(['vm', 10, 'VM vm-0 alone']);
  expect(seconds).toEqual((seconds as number[]).toSorted((a, b) => b - a));
});

test('a series has columns of equal length', () => {
  for (const series of Object.values(seriesOf({ vms: [{ disksMB: [1] }] }, { attempts: [{}] })))
    expect(new Set(Object.values(series).map((column) => column.length)).size).toBe(1);
});

describe('the table of VMs', () => {
  const night = nightScene({
    vms: [{ key: 'sql', disksMB: [100, 50], devices: [0, 1], priority: 'critical' }, { disksMB: [10] }],
    devices: [{}, {}],
    proxies: [{}, { name: 'proxy-b' }],
    jobs: [{ name: 'nightly', startS: 5 }],
  });
  const record = recordScene(night, {
    attempts: [
      { vm: 0, startS: 7, transferS: 8, endS: 9, cause: 'storage', movedMB: 20 },
      { vm: 0, proxy: 1, tier: 3, streams: 2, round: 2, startS: 20, transferS: 25, endS: 40, movedMB: 150 },
    ],
  });
  const [sql, other] = [...vmRows(night, tallyOf(night, record))].map((row) =>
    Object.fromEntries(vmColumns.map((column, i) => [column, row[i]])),
  );

  test('says of a VM what became of it and how', () => {
    expect(sql).toEqual({
      vm: 'sql',
      job: 'nightly',
      state: 'finished',
      reason: null,
      priority: 'critical',
      allocated_mb: 300,
      to_move_mb: 150,
      stores: 'ds-0 ds-1',
      attempts: 2,
      round: 2,
      proxy: 'proxy-b',
      tier: 3,
      mode: 'network',
      streams: 2,
      first_start_s: 7,
      start_s: 20,
      transfer_s: 25,
      end_s: 40,
      wait_s: 2,
      turnaround_s: 35,
      moved_mb: 170,
      failed_attempts: 1,
    });
  });

  test('has null for what a VM that never started does not have', () => {
    expect(other).toMatchObject({ state: 'stranded', reason: 'not-assigned', attempts: 0, moved_mb: 0 });
    for (const column of ['round', 'proxy', 'mode', 'start_s', 'end_s', 'wait_s', 'turnaround_s'])
      expect(other![column]).toBeNull();
  });
});

describe('what set the makespan', () => {
  const wordsOf = (sketch: NightSketch, record: RecordSketch) => {
    const night = nightScene(sketch);
    return whatSetMakespan(night, recordScene(night, record));
  };
  const vms = (n: number, device = 0) => repeat(n, () => ({ disksMB: [1], devices: [device] }));

  test('is the VM that was alone at the end', () => {
    const attempts = [{ endS: 3600 }, { startS: 100, endS: 14_760 }, { endS: 3500 }];
    expect(wordsOf({ vms: vms(3) }, { attempts })).toBe('VM vm-1 alone for the last 3 h 6 min');
  });

  test('does not count the wait before the last VM as its being alone', () => {
    const attempts = [{ endS: 3600 }, { startS: 7200, endS: 7300 }];
    expect(wordsOf({ vms: vms(2) }, { attempts })).toBe('device device-0: 1 VM in the last hour');
  });

  test('is else the device that most VMs of the last hour have in common', () => {
    const attempts = [...repeat(5, () => ({ startS: 0, endS: 9000 })), { startS: 0, endS: 8000, proxy: 1 }];
    const sketch = {
      vms: [...vms(4, 1), ...vms(2)],
      devices: [{}, { name: 'hdd-2' }],
      proxies: [{}, {}, {}],
    };
    const spread = attempts.map((a, i) => ({ ...a, proxy: i % 3 }));
    expect(wordsOf(sketch, { attempts: spread })).toBe('device hdd-2: 4 VMs in the last hour');
  });

  test('or the proxy, where they have that in common', () => {
    const sketch = {
      vms: repeat(4, (i) => vms(1, i)[0]!),
      devices: repeat(4, () => ({})),
      proxies: [{}, {}],
    };
    const attempts = repeat(4, (i) => ({ endS: 1000 + i, proxy: 1 }));
    expect(wordsOf(sketch, { attempts })).toBe('proxy proxy-1: 4 VMs in the last 16 min 43 s');
  });

  test('is not asked where there is no makespan', () => {
    expect(wordsOf({ vms: vms(2) }, { attempts: [{}] })).toBeNull();
    expect(wordsOf({}, {})).toBeNull();
  });
});
