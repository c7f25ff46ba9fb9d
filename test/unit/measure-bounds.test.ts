import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoundName } from '../../harness/measure/bounds.ts';
import { boundsOf } from '../../harness/measure/bounds.ts';
import { nightScene, type NightSketch } from '../scenes/record-scene.ts';

const secondsOf = (sketch: NightSketch, name: BoundName, workUnit: 'vm' | 'disk' = 'vm') =>
  boundsOf(nightScene(sketch), workUnit).all.find((b) => b.name === name)?.seconds;

const repeat = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
const overheads = {
  snapshotCreateS: 5,
  snapshotRemoveS: 10,
  connectS: 5,
  disconnectS: 5,
  attachS: 60,
  detachS: 30,
};

describe('longest VM', () => {
  test('is its bytes at the stream cap plus the phases that no attempt is spared', () => {
    const { bestS, binding } = boundsOf(
      nightScene({ vms: [{ disksMB: [1000] }, { key: 'sql-17', disksMB: [10_000] }], overheads }),
      'vm',
    );
    expect(bestS).toBe(10_000 / 100 + 5 + 5 + 5 + 10);
    expect(binding).toBe('VM sql-17 alone');
  });

  test.each([
    { MB: 10_000, why: 'a large one attaches its disks: 15 + 90 + 10000 / 200', seconds: 155 },
    { MB: 1000, why: 'a small one is read over the network: 15 + 10 + 1000 / 50', seconds: 45 },
  ])('takes the quicker of its paths: $why', ({ MB, seconds }) => {
    const sketch: NightSketch = {
      vms: [{ disksMB: [MB], tiers: [3, 2] }],
      proxies: [{}, {}],
      capsMBps: { 2: 200, 3: 50 },
      overheads,
    };
    expect(secondsOf(sketch, 'vm')).toBe(seconds);
  });

  test.each([
    { streamsPerVm: 1, workUnit: 'vm', seconds: 120 },
    { streamsPerVm: 2, workUnit: 'vm', seconds: 60 }, // 12000 MB over two lanes
    { streamsPerVm: 4, workUnit: 'vm', seconds: 60 }, // the largest disk is read by one stream
    { streamsPerVm: 1, workUnit: 'disk', seconds: 60 },
  ] as const)('of 6 + 3 + 3 GB by $streamsPerVm streams, unit $workUnit, lasts $seconds s', (at) => {
    const sketch = { vms: [{ disksMB: [6000, 3000, 3000] }], jobs: [{ streamsPerVm: at.streamsPerVm }] };
    expect(secondsOf(sketch, 'vm', at.workUnit)).toBe(at.seconds);
  });

  test('is not faster than its device or than the CPU of the best proxy on its path', () => {
    const vms = [{ disksMB: [6000] }];
    expect(secondsOf({ vms, devices: [{ readMBps: 60 }] }, 'vm')).toBe(100);
    expect(secondsOf({ vms, proxies: [{ fullMBps: 20 }] }, 'vm')).toBe(300);
    expect(
      secondsOf({ vms, proxies: [{ incrementalMBps: 30 }], jobs: [{ kind: 'incremental' }] }, 'vm'),
    ).toBe(200);
  });
});

describe('device', () => {
  const vms = repeat(10, { disksMB: [1000] });

  test('reads its bytes at its full capacity', () => {
    expect(secondsOf({ vms, devices: [{ readMBps: 200, lossPerStream: 0.1 }] }, 'device')).toBe(50);
  });

  test.each([
    { disksMB: 1000, why: '10 GB at 200 - 180', seconds: 500 },
    { disksMB: 20_000, why: '144 GB until midnight, then 56 GB at 200 - 150', seconds: 7200 + 1120 },
  ])('has production take its share hour by hour: $why', ({ disksMB, seconds }) => {
    const productionMBps = [150, 100, ...repeat(22, 180)];
    const own = repeat(10, { disksMB: [disksMB] });
    expect(secondsOf({ vms: own, devices: [{ readMBps: 200, productionMBps }] }, 'device')).toBeCloseTo(
      seconds,
      9,
    );
  });

  test('reads incrementals at their own efficiency', () => {
    const devices = [{ readMBps: 200, incrementalReadEfficiency: 0.5 }];
    expect(secondsOf({ vms, devices, jobs: [{ kind: 'incremental' }] }, 'device')).toBe(100);
  });

  test('is the one that takes longest', () => {
    const sketch = {
      vms: [{ disksMB: [1000, 4000], devices: [0, 1] }],
      devices: [{ readMBps: 10 }, { name: 'san-2', readMBps: 20 }],
    };
    expect(boundsOf(nightScene(sketch), 'vm').all.filter((b) => b.name === 'device')).toEqual([
      { name: 'device', what: 'device san-2', seconds: 200 },
    ]);
  });
});

describe('data store', () => {
  test('has so many snapshots open at once, each from its making to its removal', () => {
    const sketch = { vms: repeat(10, { disksMB: [1000] }), overheads, maxOpenSnapshots: 2 };
    expect(secondsOf(sketch, 'store')).toBe((10 * (5 + 5 + 10 + 5 + 10)) / 2);
  });

  test('counts the snapshot that disks of a VM share once', () => {
    const sketch = { vms: [{ disksMB: [1000, 3000] }], maxOpenSnapshots: 1 };
    expect(secondsOf(sketch, 'store', 'disk')).toBe(30);
    expect(secondsOf(sketch, 'store', 'vm')).toBe(40);
  });
});

describe('proxies', () => {
  test('share the bytes by their CPU', () => {
    const vms = repeat(6, { disksMB: [1000], tiers: [1, 1] as const });
    expect(secondsOf({ vms, proxies: [{ fullMBps: 400 }, { fullMBps: 200 }] }, 'proxies')).toBe(10);
  });

  test('count alone where only some reach a VM', () => {
    const vms = [
      ...repeat(6, { disksMB: [1000], tiers: [0, 1] as const }),
      { disksMB: [1000], tiers: [1, 1] as const },
    ];
    const { all } = boundsOf(nightScene({ vms, proxies: [{ fullMBps: 400 }, { fullMBps: 200 }] }), 'vm');
    expect(all.find((b) => b.name === 'proxies')).toEqual({
      name: 'proxies',
      what: 'the CPU of proxies proxy-1',
      seconds: 30,
    });
  });

  test('do fulls and incrementals one after another', () => {
    const sketch: NightSketch = {
      vms: [
        { disksMB: [40_000], job: 0 },
        { disksMB: [10_000], job: 1 },
      ],
      jobs: [{}, { kind: 'incremental' }],
    };
    expect(secondsOf(sketch, 'proxies')).toBe(40_000 / 400 + 10_000 / 200);
  });

  test('are bounded exactly, however they differ in what they are good at', () => {
    const MBps = fc.integer({ min: 10, max: 500 });
    const MB = fc.integer({ min: 1, max: 100_000 });
    const pool = fc.array(fc.record({ fullMBps: MBps, incrementalMBps: MBps }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(pool, MB, MB, (proxies, fullMB, incrementalMB) => {
        const tiers = proxies.map(() => 1 as const);
        const sketch: NightSketch = {
          vms: [
            { disksMB: [fullMB], tiers },
            { disksMB: [incrementalMB], tiers, job: 1 },
          ],
          jobs: [{}, { kind: 'incremental' }],
          proxies,
        };
        expect(secondsOf(sketch, 'proxies')).toBeCloseTo(shareOut(proxies, fullMB, incrementalMB), 6);
      }),
      { numRuns: 100 },
    );
  });
});

/** The optimum by comparative advantage: fulls go to those that are best at them, one proxy does some of both. */
function shareOut(
  proxies: readonly { fullMBps: number; incrementalMBps: number }[],
  fullMB: number,
  incrementalMB: number,
): number {
  const byAdvantage = proxies.toSorted(
    (a, b) => b.fullMBps * a.incrementalMBps - a.fullMBps * b.incrementalMBps,
  );
  const doneIn = (seconds: number) => {
    let restMB = fullMB;
    let doneMB = 0;
    for (const p of byAdvantage) {
      const fullS = Math.min(seconds, restMB / p.fullMBps);
      restMB -= fullS * p.fullMBps;
      doneMB += (seconds - fullS) * p.incrementalMBps;
    }
    return restMB <= 1e-9 && doneMB >= incrementalMB;
  };
  let [low, high] = [0, 1e6];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (doneIn(middle)) high = middle;
    else low = middle;
  }
  return high;
}

describe('target', () => {
  const vms = [{ disksMB: [10_000] }];

  test.each([
    { reducedAt: 'proxy', seconds: 50 },
    { reducedAt: 'agent', seconds: 100 },
  ] as const)(
    'a media agent takes what travels to it, reduced at the $reducedAt',
    ({ reducedAt, seconds }) => {
      expect(
        secondsOf({ vms, agents: [{ nicMBps: 100 }], jobs: [{ dataReduction: 2, reducedAt }] }, 'agents'),
      ).toBe(seconds);
    },
  );

  test('secondary storage writes what is left after reduction', () => {
    const sketch: NightSketch = {
      vms,
      secondaryStorage: [{ writeMBps: 50 }],
      jobs: [{ dataReduction: 2, reducedAt: 'agent' }],
    };
    expect(secondsOf(sketch, 'storage')).toBe(100);
  });

  test('agents of one policy share its bytes', () => {
    const agents = [{ nicMBps: 100 }, { nicMBps: 300 }, { nicMBps: 1000 }];
    expect(secondsOf({ vms, agents, jobs: [{ agents: [0, 1] }] }, 'agents')).toBe(25);
  });
});

describe('network', () => {
  test('reads of a VM server bound the VMs that are reached no other way', () => {
    const vms = [
      ...repeat(5, { disksMB: [1000], tiers: [3] as const }),
      { disksMB: [9000], tiers: [2] as const },
    ];
    expect(secondsOf({ vms, networkReadMBps: 50 }, 'servers')).toBe(100);
  });

  test('between sites bounds what must leave the proxy over a link, after reduction', () => {
    const far = { id: 0, from: 0, to: 1, MBps: 25 };
    const sketch: NightSketch = {
      vms: repeat(5, { disksMB: [1000] }),
      agents: [{ site: 1 }, { site: 0 }],
      jobs: [{ dataReduction: 2 }],
      links: [far],
    };
    expect(boundsOf(nightScene(sketch), 'vm').all.find((b) => b.name === 'links')).toEqual({
      name: 'links',
      what: 'links here to there',
      seconds: 100,
    });
    expect(secondsOf({ ...sketch, jobs: [{ agents: [0, 1] }] }, 'links')).toBeUndefined();
  });
});

describe('streams', () => {
  // 8 VMs of 10 s of transfer and 25 s of overheads, 4 at a time
  const vms = repeat(8, { disksMB: [1000] });

  test('are held for the overheads too', () => {
    expect(secondsOf({ vms, overheads }, 'streams')).toBe((8 * 35) / 4);
  });

  test('are limited by the media agents as well', () => {
    const { all } = boundsOf(nightScene({ vms, overheads, agents: [{ maxStreams: 2 }] }), 'vm');
    expect(all.find((b) => b.name === 'streams')).toEqual({
      name: 'streams',
      what: 'streams of media agents agent-0',
      seconds: 140,
    });
  });

  test('hold the snapshot of a VM once, the disks of which are units', () => {
    const two = repeat(4, { disksMB: [500, 500] });
    expect(secondsOf({ vms: two, overheads }, 'streams', 'disk')).toBe((4 * (15 + 2 * 10 + 10)) / 4);
  });
});

describe('the night', () => {
  test('counts from the first job start, and what starts later ends later', () => {
    const sketch: NightSketch = {
      vms: [{ disksMB: [1000] }, { disksMB: [1000], job: 1 }],
      jobs: [{}, { startS: 3600 }],
    };
    expect(boundsOf(nightScene(sketch), 'vm').bestS).toBe(3610);
  });

  test('is bounded by nothing that strands for want of a path', () => {
    const vms = [{ disksMB: [1e9], tiers: [0] as const }, { disksMB: [1000] }];
    expect(boundsOf(nightScene({ vms }), 'vm').bestS).toBe(10);
  });

  test('leaves out what production never lets be read', () => {
    const devices = [{ readMBps: 100, productionMBps: repeat(24, 100) }];
    expect(boundsOf(nightScene({ vms: [{ disksMB: [1000] }], devices }), 'vm').all).toEqual([]);
  });

  test('without VMs has nothing to do', () => {
    expect(boundsOf(nightScene(), 'vm')).toMatchObject({ bestS: 0, binding: null, all: [] });
  });

  test('of VMs without bytes has overheads only', () => {
    const { all } = boundsOf(nightScene({ vms: [{ disksMB: [0] }], overheads }), 'vm');
    expect(all.map((b) => [b.name, b.seconds])).toEqual([
      ['vm', 25],
      ['streams', 6.25],
    ]);
  });

  test('can be looked at one job at a time', () => {
    const night = nightScene({
      vms: [{ disksMB: [1000] }, { disksMB: [5000], job: 1 }],
      jobs: [{}, {}],
    });
    expect(boundsOf(night, 'vm', { jobs: [night.jobs[0]!] }).bestS).toBe(10);
  });
});

test('a pool looks at every set of proxies and every start', () => {
  const sketch: NightSketch = {
    vms: [
      { disksMB: [4000], tiers: [1, 1] },
      { disksMB: [1000], tiers: [0, 1] },
      { disksMB: [1000], tiers: [0, 1], job: 1 },
    ],
    proxies: [{ fullMBps: 100 }, { fullMBps: 100 }],
    jobs: [{ streamsPerVm: 4 }, { startS: 30 }],
    capsMBps: { 1: 1000 },
  };
  // everybody: 6000 / 200; proxy 1: 2000 / 100; proxy 1 after 30 s: 30 + 10
  expect(boundsOf(nightScene(sketch), 'vm').all.find((b) => b.name === 'proxies')).toEqual({
    name: 'proxies',
    what: 'the CPU of proxies proxy-1',
    seconds: 40,
  });
});

describe('no bound is above doing everything one after another', () => {
  const sceneOf = (vms: NonNullable<NightSketch['vms']>) =>
    nightScene({ vms, proxies: [{}, { fullMBps: 90 }], capsMBps: { 1: 250, 2: 180 }, overheads });
  const vm = fc.record({
    disksMB: fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 3 }),
    tiers: fc.tuple(
      fc.constantFrom(1 as const, 2 as const, 3 as const),
      fc.constantFrom(0 as const, 1 as const),
    ),
  });

  test.each(['vm', 'disk'] as const)('by work unit %s', (workUnit) => {
    fc.assert(
      fc.property(fc.array(vm, { maxLength: 6 }), (vms) => {
        const disksOf = (v: (typeof vms)[number]) => v.disksMB.map((MB) => ({ ...v, disksMB: [MB] }));
        const units = workUnit === 'vm' ? vms : vms.flatMap(disksOf);
        const oneByOneS = units.reduce((sum, v) => sum + boundsOf(sceneOf([v]), 'vm').bestS, 0);
        expect(boundsOf(sceneOf(vms), workUnit).bestS).toBeLessThanOrEqual(oneByOneS * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });
});
