import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { leastLoaded } from '../../strategies/least-loaded.ts';
import { roundRobin } from '../../strategies/round-robin.ts';
import { vsaStatic } from '../../strategies/vsa-static.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';

// 1000 MB take 10 s.

const starts = (scene: Scene, strategy: Strategy, params: Params = {}) =>
  startsOf(play(documentScene(scene), strategy, params));

const mixed: Scene = {
  vms: [{ key: 'a', MB: 3000 }, { key: 'b' }, { key: 'c', MB: 2000 }, { key: 'd' }],
  proxies: [{ id: 'san' }, { id: 'network', san: [] }],
};

describe('round-robin', () => {
  it('takes VMs in input order and proxies in turn, in any mode', () => {
    expect(starts(mixed, roundRobin)).toEqual([
      '0 a on san',
      '0 b on network',
      '0 c on san',
      '0 d on network',
    ]);
  });

  it('gives the turn to the next proxy that has room and reaches the VM', () => {
    const scene: Scene = {
      vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      proxies: [{ id: 'p1', maxStreams: 1 }, { id: 'other', hypervisors: ['xen'] }, { id: 'p3' }],
    };
    expect(starts(scene, roundRobin)).toEqual(['0 a on p1', '0 b on p3', '0 c on p3']);
  });

  it('skips a VM whose proxies have no room, and comes back to it', () => {
    const scene: Scene = {
      servers: [{ id: 'esx' }, { id: 'esx-x', hypervisor: 'xen' }],
      vms: [{ key: 'a' }, { key: 'b' }, { key: 'c', server: 'esx-x' }],
      proxies: [
        { id: 'p1', maxStreams: 1 },
        { id: 'p2', hypervisors: ['xen'] },
      ],
    };
    expect(starts(scene, roundRobin)).toEqual(['0 a on p1', '0 c on p2', '10 b on p1']);
  });
});

describe('least-loaded', () => {
  it('takes VMs in input order, each to the proxy with the fewest active streams', () => {
    // at 10 s b and d end on network: 0 streams there, 2 on san
    const scene = { ...mixed, vms: [...mixed.vms, { key: 'e' }], jobs: [{ id: 'job', streams: 4 }] };
    expect(starts(scene, leastLoaded)).toEqual([
      '0 a on san',
      '0 b on network',
      '0 c on san',
      '0 d on network',
      '10 e on network',
    ]);
  });

  it('counts streams, not their part of the limit', () => {
    const scene: Scene = {
      vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      proxies: [
        { id: 'narrow', maxStreams: 2 },
        { id: 'wide', maxStreams: 20 },
      ],
    };
    expect(starts(scene, leastLoaded)).toEqual(['0 a on narrow', '0 b on wide', '0 c on narrow']);
  });
});

describe.each([roundRobin, leastLoaded])('$name', (strategy) => {
  const narrow: Scene = { vms: [{ key: 'a' }, { key: 'b' }], proxies: [{ id: 'p', maxStreams: 1 }] };

  it('keeps to the limit of a proxy, unless respectLimit=false (N5)', () => {
    expect(starts(narrow, strategy)).toEqual(['0 a on p', '10 b on p']);
    expect(starts(narrow, strategy, { respectLimit: false })).toEqual(['0 a on p', '0 b on p']);
  });

  it('does not end the round of a VM that the streams of another job delay (N12)', () => {
    const jobs = ['a', 'b'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    const played = play(documentScene({ ...narrow, jobs }), strategy);
    expect(played.jobs.map((j) => j.rounds.length)).toEqual([1, 1]);
  });
});

describe('vsa-static (B1)', () => {
  // s = 3 and 1 of 4: three quarters of the 4000 MB to wide, the small ones to narrow, which is first by s
  const scene: Scene = {
    vms: ['a', 'b', 'c', 'd'].map((key) => ({ key })),
    proxies: [
      { id: 'wide', maxStreams: 3 },
      { id: 'narrow', maxStreams: 1 },
    ],
  };

  it('gives each proxy bytes by its part of the free streams, the smallest VMs to the narrowest proxy', () => {
    const sizes: Scene = {
      ...scene,
      vms: [
        { key: 'large', MB: 3000 },
        { key: 'middle', MB: 2000 },
        { key: 'small', MB: 1000 },
        { key: 'large-too', MB: 3000 },
      ],
    };
    // 9000 MB: 2250 to narrow: small (middle of it at 500), middle (at 2000)
    expect(starts(sizes, vsaStatic)).toEqual([
      '0 small on narrow',
      '0 large on wide',
      '0 large-too on wide',
      '10 middle on narrow',
    ]);
  });

  it('has each proxy work through its own run, without stealing', () => {
    const two: Scene = {
      vms: [{ key: 'a' }, { key: 'b' }, { key: 'c', MB: 9000 }, { key: 'd', MB: 9000 }],
      proxies: [
        { id: 'p1', maxStreams: 1 },
        { id: 'p2', maxStreams: 1 },
      ],
    };
    // 20,000 MB, 10,000 each: a, b and c (middle at 6500) to p1, d to p2, which idles from 90 s on
    expect(starts(two, vsaStatic)).toEqual(['0 a on p1', '0 d on p2', '10 b on p1', '20 c on p1']);
  });

  it('counts the streams that other jobs hold at the start of the round, and never again', () => {
    const jobs = [
      { id: 'other', start: '22:00', select: { vms: ['y'] } },
      { id: 'job', start: '22:01', select: { except: ['y'] } },
    ];
    const vms = [{ key: 'y', MB: 12_000 }, ...scene.vms];
    const proxies = [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 1 },
    ];
    // y holds one of p1 from 0 to 120 s: s = 1 and 1 at 60 s, so two VMs each, one at a time
    expect(starts({ vms, proxies, jobs }, vsaStatic).slice(1)).toEqual([
      '60 a on p1',
      '60 c on p2',
      '70 b on p1',
      '70 d on p2',
    ]);
  });

  it('gives a VM that its proxy does not reach to the next one that does', () => {
    const servers = [{ id: 'esx' }, { id: 'esx-x', hypervisor: 'xen' }];
    const vms = [{ key: 'a', server: 'esx-x' }, { key: 'b' }];
    const proxies = [{ id: 'p1' }, { id: 'p2', hypervisors: ['xen', 'vmware'] }];
    expect(starts({ servers, vms, proxies }, vsaStatic)).toEqual(['0 a on p2', '0 b on p2']);
  });

  // two runs of two; p1 is lost at 60 s, in the middle of a
  const loss: Scene = {
    vms: ['a', 'b', 'c', 'd'].map((key) => ({ key, MB: 12_000 })),
    proxies: [
      { id: 'p1', maxStreams: 1 },
      { id: 'p2', maxStreams: 1 },
    ],
    jobs: [{ id: 'job', coordinator: 'p2' }],
    faults: { outages: [{ proxy: 'p1', from: '22:01' }] },
  };

  it('leaves the run of a lost proxy to the next round (B1a)', () => {
    const played = play(documentScene(loss), vsaStatic);
    expect(startsOf(played)).toEqual(['0 a on p1', '0 c on p2', '120 d on p2', '240 a on p2', '360 b on p2']);
    expect(played.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([2, 0]);
  });

  it('splits the run of a lost proxy over the others by onLoss=redistribute (B1b)', () => {
    const played = play(documentScene(loss), vsaStatic, { onLoss: 'redistribute' });
    expect(startsOf(played)).toEqual(['0 a on p1', '0 c on p2', '120 d on p2', '240 b on p2', '360 a on p2']);
    expect(played.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([1, 0]);
  });

  it('keeps to the limit over all jobs, unless respectLimit=false (N5)', () => {
    // both jobs count one free stream before the other has begun
    const jobs = ['a', 'b'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    const shared: Scene = { vms: [{ key: 'a' }, { key: 'b' }], proxies: [{ id: 'p', maxStreams: 1 }], jobs };
    expect(starts(shared, vsaStatic)).toEqual(['0 a on p', '10 b on p']);
    expect(starts(shared, vsaStatic, { respectLimit: false })).toEqual(['0 a on p', '0 b on p']);
  });
});
