import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { commvaultDocumented } from '../../strategies/commvault-documented.ts';
import { leastLoaded } from '../../strategies/least-loaded.ts';
import { roundRobin } from '../../strategies/round-robin.ts';
import { vsaPull } from '../../strategies/vsa-pull.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';

// Rules by which proxies ask for work. 1000 MB take 10 s.

const starts = (scene: Scene, strategy: Strategy, params: Params = {}) =>
  startsOf(play(documentScene(scene), strategy, params));

const servers = [{ id: 'esx' }, { id: 'xen', hypervisor: 'xen' }];
const both = ['vmware', 'xen'];

describe('vsa-pull (B3)', () => {
  // z is on xen, which p1 alone reaches
  const scene: Scene = {
    servers,
    vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }, { key: 'z', server: 'xen' }],
    proxies: [
      { id: 'p1', hypervisors: both, maxStreams: 1 },
      { id: 'p2', maxStreams: 1 },
    ],
  };

  it('gives a proxy the VMs that it alone reaches before those of the common list', () => {
    expect(starts(scene, vsaPull)).toEqual(['0 z on p1', '0 a on p2', '10 b on p1', '10 c on p2']);
    // by VM: z comes last, and waits for p1
    expect(starts(scene, leastLoaded)).toEqual(['0 a on p1', '0 b on p2', '10 c on p1', '20 z on p1']);
  });

  it('gives the highest VM on the list that the proxy reaches, over those above it', () => {
    const skip: Scene = { ...scene, vms: [{ key: 'x', server: 'xen' }, ...scene.vms] };
    expect(starts(skip, vsaPull).slice(0, 2)).toEqual(['0 x on p1', '0 a on p2']);
  });

  const streams = (count: number) => [{ id: 'job', streams: count }];

  it('lets a proxy ask when one of its VMs ends, before another that merely has room', () => {
    const three: Scene = {
      vms: [{ key: 'a' }, { key: 'b', MB: 5000 }, { key: 'c' }],
      proxies: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
      jobs: streams(2),
    };
    expect(starts(three, vsaPull)).toEqual(['0 a on p1', '0 b on p2', '10 c on p1']);
    expect(starts(three, roundRobin).at(-1)).toBe('10 c on p3');
  });

  it('gives the proxy whose VMs end sooner more of them', () => {
    const vms = [{ key: 'long', MB: 9000 }, ...['b', 'c', 'd', 'e'].map((key) => ({ key }))];
    const two: Scene = { vms, proxies: [{ id: 'p1' }, { id: 'p2' }], jobs: streams(2) };
    const onP2 = (strategy: Strategy) => starts(two, strategy).filter((line) => line.endsWith('p2')).length;
    expect([onP2(vsaPull), onP2(roundRobin)]).toEqual([4, 2]);
  });

  it('serves those that ask in the order in which they came to ask', () => {
    // p2 asks at 20 s, but the other job takes the slot until 30 s, when p1 asks too
    const shared: Scene = {
      vms: [
        { key: 'p1-first', MB: 3000 },
        { key: 'p2-first', MB: 2000 },
        { key: 'c' },
        { key: 'd' },
        { key: 'other', MB: 4000 },
        { key: 'other-too', MB: 1000 },
      ],
      proxies: [{ id: 'p1' }, { id: 'p2' }],
      agents: [{ id: 'agent', maxStreams: 3 }],
      jobs: [
        { id: 'job', streams: 2, select: { except: ['other', 'other-too'] } },
        { id: 'job-too', streams: 2, select: { vms: ['other', 'other-too'] } },
      ],
    };
    const lines = starts(shared, vsaPull).filter((line) => / [cd] /u.test(line));
    expect(lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual(['c on p2', 'd on p1']);
  });

  it('serves by turns where none asks: at the start', () => {
    const vms = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key }));
    const wide: Scene = { vms, proxies: [{ id: 'p1', maxStreams: 3 }, { id: 'p2' }] };
    expect(starts(wide, vsaPull).map((line) => line.slice(-2))).toEqual(['p1', 'p2', 'p1', 'p2', 'p1']);
  });

  it('leaves the own VMs of a lost proxy to the next round, and the list to the others', () => {
    const lost: Scene = {
      ...scene,
      vms: scene.vms.map((v) => ({ ...v, MB: 12_000 })),
      jobs: [{ id: 'job', coordinator: 'p2' }],
      faults: { outages: [{ proxy: 'p1', from: '22:01', to: '22:20' }] },
    };
    const played = play(documentScene(lost), vsaPull);
    expect(startsOf(played)).toEqual([
      '0 z on p1',
      '0 a on p2',
      '120 b on p2',
      '240 c on p2',
      '1200 z on p1',
    ]);
    expect(played.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([1, 0]);
  });
});

describe('commvault-documented', () => {
  it('takes new VMs first, then those that failed last time, then the others', () => {
    const scene: Scene = {
      vms: [
        { key: 'ok' },
        { key: 'failed', lastResult: 'failed' },
        { key: 'ok-too' },
        { key: 'new', lastResult: 'new' },
      ],
      proxies: [{ id: 'p', maxStreams: 1 }],
    };
    expect(starts(scene, commvaultDocumented)).toEqual([
      '0 new on p',
      '10 failed on p',
      '20 ok on p',
      '30 ok-too on p',
    ]);
    expect(starts(scene, vsaPull)[0]).toBe('0 ok on p');
  });

  const proxies = [
    { id: 'p1', hypervisors: both },
    { id: 'p2', hypervisors: both },
    { id: 'p3', hypervisors: ['vmware'] },
  ];
  const fewer: Scene = {
    servers,
    vms: [{ key: 'three' }, { key: 'two', server: 'xen' }],
    proxies,
    jobs: [{ id: 'job', streams: 1 }],
  };

  it('takes VMs with fewer proxies before others of equal last result', () => {
    expect(starts(fewer, commvaultDocumented)).toEqual(['0 two on p1', '10 three on p1']);
    expect(starts(fewer, vsaPull)).toEqual(['0 three on p1', '10 two on p1']);
  });

  it('takes a VM that failed last time before one with fewer proxies', () => {
    const vms = [{ key: 'three', lastResult: 'failed' as const }, fewer.vms[1]!];
    expect(starts({ ...fewer, vms }, commvaultDocumented)[0]).toBe('0 three on p1');
  });

  it('gives a proxy what is its own before the list, even a new VM', () => {
    const vms = [{ key: 'new', lastResult: 'new' as const }, fewer.vms[1]!];
    const own = [{ ...proxies[0]!, maxStreams: 1 }, proxies[2]!];
    expect(starts({ ...fewer, vms, proxies: own }, commvaultDocumented)).toEqual([
      '0 two on p1',
      '10 new on p1',
    ]);
  });

  const clusters: Scene = {
    servers: [
      { id: 'esx-1', cluster: 'one' },
      { id: 'esx-2', cluster: 'two' },
    ],
    vms: ['a', 'b', 'c'].map((key) => ({ key, server: 'esx-1', MB: 12_000 })),
    proxies: [
      { id: 'p1', server: 'esx-1', san: [], maxStreams: 1 },
      { id: 'p2', server: 'esx-2', san: [], maxStreams: 1 },
    ],
    jobs: [{ id: 'job', coordinator: 'p2' }],
  };

  it('keeps VMs to the proxies of their own cluster, though others could take them', () => {
    expect(starts(clusters, commvaultDocumented)).toEqual(['0 a on p1', '120 b on p1', '240 c on p1']);
    expect(starts(clusters, commvaultDocumented, { sameCluster: false })).toEqual([
      '0 a on p1',
      '0 b on p2',
      '120 c on p1',
    ]);
  });

  it('gives VMs of a cluster whose proxies are all out of service to others', () => {
    const faults = { outages: [{ proxy: 'p1', from: '22:00' }] };
    expect(starts({ ...clusters, faults }, commvaultDocumented)[0]).toBe('0 a on p2');
  });

  it('gives VMs of a cluster whose proxy is lost in mid-round to others in the next', () => {
    const faults = { outages: [{ proxy: 'p1', from: '22:01' }] };
    const played = play(documentScene({ ...clusters, faults }), commvaultDocumented);
    expect(startsOf(played).slice(1)).toEqual(['60 a on p2', '180 b on p2', '300 c on p2']);
    expect(played.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([3, 0]);
  });
});

describe.each([vsaPull, commvaultDocumented])('$name', (strategy) => {
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

  it('goes on in mid-round when its coordinator is lost', () => {
    const scene: Scene = {
      vms: ['a', 'b', 'c', 'd'].map((key) => ({ key, MB: 12_000 })),
      proxies: [
        { id: 'p1', maxStreams: 1 },
        { id: 'p2', maxStreams: 1 },
      ],
      jobs: [{ id: 'job', coordinator: 'p1' }],
      faults: { outages: [{ proxy: 'p1', from: '22:01' }] },
    };
    expect(starts(scene, strategy)).toEqual([
      '0 a on p1',
      '0 b on p2',
      '120 c on p2',
      '240 d on p2',
      '360 a on p2',
    ]);
  });
});
