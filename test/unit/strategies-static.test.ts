import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { leastLoaded } from '../../strategies/least-loaded.ts';
import { vsaGrouped } from '../../strategies/vsa-grouped.ts';
import { vsaStatic } from '../../strategies/vsa-static.ts';
import { vsaStreams } from '../../strategies/vsa-streams.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';

// Rules that deal every VM to a proxy before the first byte moves. 1000 MB take 10 s.

const starts = (scene: Scene, strategy: Strategy, params: Params = {}) =>
  startsOf(play(documentScene(scene), strategy, params));
const small = (count: number) => Array.from({ length: count }, (_, k) => ({ key: `small-${k + 1}` }));
const byProxy = (lines: readonly string[], proxy: string) =>
  lines.filter((line) => line.endsWith(` on ${proxy}`)).map((line) => line.split(' ')[1]);

describe("vsa-streams (B1')", () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b', MB: 9000 }, { key: 'c' }, { key: 'd' }, { key: 'e' }, { key: 'f' }],
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 1 },
    ],
  };

  it('deals VMs in input order, each to the fewest VMs per free stream, whatever their size', () => {
    // a 0/2 0/1: p1; b 1/2 0/1: p2; c 1/2 1/1: p1; d 2/2 1/1: p1; e 3/2 1/1: p2; f 3/2 2/1: p1
    expect(starts(scene, vsaStreams)).toEqual([
      '0 b on p2',
      '0 a on p1',
      '0 c on p1',
      '10 d on p1',
      '10 f on p1',
      '90 e on p2', // behind b, while p1 idles from 20 s on
    ]);
  });

  it('leaves e behind the long b, where a rule that looks again and a rule by size do not', () => {
    expect(starts(scene, leastLoaded)).toContain('10 e on p1');
    // 14,000 MB, a third to p2: the small ones up to 4667, b to p1
    expect(byProxy(starts(scene, vsaStatic), 'p2')).toEqual(['a', 'c', 'd', 'e', 'f']);
  });

  it('deals a VM only to proxies that reach it', () => {
    const servers = [{ id: 'esx' }, { id: 'esx-x', hypervisor: 'xen' }];
    const vms = [{ key: 'a', server: 'esx-x' }, { key: 'b', server: 'esx-x' }, { key: 'c' }];
    const proxies = [{ id: 'p1' }, { id: 'p2', hypervisors: ['xen', 'vmware'] }];
    expect(byProxy(starts({ servers, vms, proxies }, vsaStreams), 'p2')).toEqual(['a', 'b']);
  });
});

describe('vsa-grouped (B2)', () => {
  const wide = { id: 'wide', hypervisors: ['vmware', 'xen'], maxStreams: 3 };
  const narrow = { id: 'narrow', hypervisors: ['vmware', 'xen'], maxStreams: 1 };
  const servers = [{ id: 'esx' }, { id: 'xen', hypervisor: 'xen' }];
  const scene: Scene = {
    servers,
    vms: [...small(12), { key: 'large', server: 'xen', MB: 9000 }],
    proxies: [narrow, wide],
  };

  it('deals the proxy with the most free streams to the hosts with the largest mean VM', () => {
    const lines = starts(scene, vsaGrouped);
    expect([byProxy(lines, 'wide'), byProxy(lines, 'narrow').length]).toEqual([['large'], 12]);
    // without groups: a quarter of 21,000 MB to narrow, 5 small ones
    expect(byProxy(starts(scene, vsaStatic), 'narrow').length).toBe(5);
  });

  it('deals a proxy to a group that it reaches, and to the one that has fewest', () => {
    const proxies = [narrow, { ...wide, hypervisors: ['vmware'] }, { ...narrow, id: 'third' }];
    const lines = starts({ ...scene, proxies }, vsaGrouped);
    // wide reaches esx alone; narrow goes to xen, which has none yet; third to xen too, the larger mean of two that have one
    expect(['wide', 'narrow', 'third'].map((p) => byProxy(lines, p).length)).toEqual([12, 1, 0]);
  });

  it('cuts the VMs of a group into runs by size, as vsa-static does', () => {
    const one = { vms: [...small(4), { key: 'large', MB: 4000 }], proxies: [narrow, wide] };
    expect(starts(one, vsaGrouped)).toEqual(starts(one, vsaStatic));
  });

  it('lets a group without a proxy of its own share all', () => {
    const lines = starts({ ...scene, proxies: [wide] }, vsaGrouped);
    expect(byProxy(lines, 'wide').length).toBe(13);
  });

  it('gives a VM that no proxy of its group reaches to one of another', () => {
    // wide is dealt to cluster two (mean 9000), narrow to cluster one, where it does not suit the host of x
    const mixed: Scene = {
      servers: [
        { id: 'esx', cluster: 'one' },
        { id: 'xen', cluster: 'one', hypervisor: 'xen' },
        { id: 'xen-2', cluster: 'two', hypervisor: 'xen' },
      ],
      vms: [{ key: 'a' }, { key: 'x', server: 'xen' }, { key: 'y', server: 'xen-2', MB: 9000 }],
      proxies: [{ ...narrow, hypervisors: ['vmware'] }, wide],
    };
    const lines = starts(mixed, vsaGrouped, { groupBy: 'cluster' });
    expect([byProxy(lines, 'narrow'), byProxy(lines, 'wide')]).toEqual([['a'], ['y', 'x']]);
  });

  it('groups by cluster where asked', () => {
    const clusters: Scene = {
      servers: [
        { id: 'esx', cluster: 'one' },
        { id: 'esx-2', cluster: 'two' },
      ],
      vms: [...small(4), { key: 'large', server: 'esx-2', MB: 9000 }],
      proxies: [narrow, wide],
    };
    // 13,000 MB: a quarter to narrow, three small ones; by cluster all four
    expect(byProxy(starts(clusters, vsaGrouped), 'narrow').length).toBe(3);
    expect(byProxy(starts(clusters, vsaGrouped, { groupBy: 'cluster' }), 'narrow').length).toBe(4);
  });
});

describe.each([vsaStatic, vsaStreams, vsaGrouped])('$name', (strategy) => {
  const two: Scene = {
    vms: ['a', 'b', 'c', 'd'].map((key) => ({ key, MB: 12_000 })),
    proxies: [
      { id: 'p1', maxStreams: 1 },
      { id: 'p2', maxStreams: 1 },
    ],
    jobs: [{ id: 'job', coordinator: 'p2' }],
  };

  it('leaves the queue of a lost proxy to the next round, or deals it anew by onLoss=redistribute', () => {
    const lost = { ...two, faults: { outages: [{ proxy: 'p1', from: '22:01' }] } };
    const stranded = (onLoss: string) =>
      play(documentScene(lost), strategy, { onLoss }).jobs[0]!.rounds.map((r) => r.stranded);
    expect([stranded('lost'), stranded('redistribute')]).toEqual([
      [2, 0], // what ran on it and what waited for it
      [1, 0],
    ]);
  });

  it('deals what awaits anew when its coordinator is lost', () => {
    const lost = {
      ...two,
      jobs: [{ id: 'job', coordinator: 'p1' }],
      faults: { outages: [{ proxy: 'p1', from: '22:01' }] },
    };
    const played = play(documentScene(lost), strategy);
    expect(played.jobs[0]!.takeovers.length).toBe(1);
    // what ran on p1 alone is stranded: the queue is not lost with the coordinator
    expect(played.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([1, 0]);
  });

  it('begins when the first proxy comes back, where none was there', () => {
    const late: Scene = {
      ...two,
      proxies: [{ id: 'blind', hypervisors: ['xen'] }, ...two.proxies],
      jobs: [{ id: 'job', coordinator: 'blind' }],
      faults: {
        outages: [
          { proxy: 'p1', from: '22:00' },
          { proxy: 'p2', from: '22:00', to: '22:01' },
        ],
      },
    };
    expect(starts(late, strategy)[0]).toBe('60 a on p2');
  });

  it('keeps to the limit over all jobs, unless respectLimit=false (N5)', () => {
    const jobs = ['a', 'b'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    const shared: Scene = { vms: [{ key: 'a' }, { key: 'b' }], proxies: [{ id: 'p', maxStreams: 1 }], jobs };
    expect(starts(shared, strategy)).toEqual(['0 a on p', '10 b on p']);
    expect(starts(shared, strategy, { respectLimit: false })).toEqual(['0 a on p', '0 b on p']);
  });
});
