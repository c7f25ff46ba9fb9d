import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import { priorityList } from '../../strategies/priority-list/index.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';

// Each rule of the method, in the smallest night that shows it. 1000 MB take 10 s. A start reads "second VM on proxy".

const playScene = (scene: Scene, params: Params = {}) => play(documentScene(scene), priorityList, params);
const starts = (scene: Scene, params: Params = {}) => startsOf(playScene(scene, params));
const oneStream = [{ id: 'job', streams: 1 }];

describe('the limit of a proxy (S:464, S:550)', () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
    proxies: [{ id: 'p', maxStreams: 2 }],
  };

  it('is never exceeded: the third VM waits for the end of the first', () => {
    expect(starts(scene)).toEqual(['0 a on p', '0 b on p', '10 c on p']);
  });

  it('counts the streams of all jobs', () => {
    const jobs = ['a', 'b', 'c'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    expect(starts({ ...scene, jobs })).toEqual(['0 a on p', '0 b on p', '10 c on p']);
  });

  it('gates nothing when the consideration is off', () => {
    expect(starts(scene, { limit: false })).toEqual(['0 a on p', '0 b on p', '0 c on p']);
  });
});

describe('the streams of the job (S:496)', () => {
  it('are never exceeded, however many proxies are free', () => {
    const scene: Scene = {
      vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      proxies: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
      jobs: [{ id: 'job', streams: 2 }],
    };
    expect(starts(scene)).toEqual(['0 a on p1', '0 b on p2', '10 c on p1']);
  });
});

describe('candidates (S:484)', () => {
  it('have an installed and active data agent that suits the VM', () => {
    const scene: Scene = {
      vms: [{ key: 'a' }],
      proxies: [
        { id: 'not-installed', installed: false },
        { id: 'not-active', active: false },
        { id: 'for-another', hypervisors: ['hyper-v'] },
        { id: 'suits' },
      ],
    };
    expect(starts(scene)).toEqual(['0 a on suits']);
  });
});

describe('tiers of preference (S:486-492)', () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b' }],
    proxies: [
      { id: 'network', san: [] },
      { id: 'san', maxStreams: 1 },
    ],
  };

  it('leave a proxy of a lower tier idle in the first round, even while the best one is full', () => {
    expect(starts(scene)).toEqual(['0 a on san', '10 b on san']);
  });

  it('open one after the other, round by round', () => {
    const broken: Scene = {
      vms: [{ key: 'a' }],
      sites: ['away'],
      links: [{ between: ['away', 'here'], MBps: 1000 }],
      proxies: [
        { id: 'complex', site: 'away', san: [] },
        { id: 'network', san: [] },
        { id: 'local', server: 'esx', san: [] },
        { id: 'san' },
      ],
      faults: { broken: [{ proxy: 'san' }, { proxy: 'local' }, { proxy: 'network' }] },
    };
    // equal utilisation: the lowest id of those eligible, here the one of the lowest open tier
    expect(starts(broken)).toEqual(['0 a on san', '1 a on local', '2 a on network', '3 a on complex']);
  });

  it('are all open from the start when the consideration is off', () => {
    expect(starts(scene, { tiers: false })).toEqual(['0 a on network', '0 b on san']);
  });

  it('are taken of the worst data store of a VM (A7)', () => {
    const twoStores: Scene = {
      devices: ['d1', 'd2'],
      vms: [{ key: 'a', on: ['d1', 'd2'] }],
      proxies: [
        { id: 'half', san: ['d1'] },
        { id: 'whole', san: ['d1', 'd2'] },
      ],
    };
    expect(starts(twoStores)).toEqual(['0 a on whole']);
  });
});

describe('the highest tier and the next (A13, A14)', () => {
  // The VM has a local and a complex proxy, none by SAN or network. Attempts on the local one fail.
  const scene: Scene = {
    vms: [{ key: 'a' }],
    sites: ['away'],
    links: [{ between: ['away', 'here'], MBps: 1000 }],
    proxies: [
      { id: 'complex', site: 'away', san: [] },
      { id: 'local', server: 'esx', san: [] },
    ],
    faults: { broken: [{ proxy: 'local' }] },
  };
  const roundOfCure = (params: Params) => playScene(scene, params).units[0]!.round;

  it('are relative to the VM: the second round opens the next tier that has a candidate', () => {
    expect(roundOfCure({})).toBe(2);
  });

  it('count empty tiers too by nextTier=next-number: network in round 2, complex in round 3', () => {
    expect(roundOfCure({ nextTier: 'next-number' })).toBe(3);
  });

  it('begin at SAN by highest=absolute: local is the fallback of round 1 and opens in round 2', () => {
    expect(playScene(scene, { highest: 'absolute' }).attempts[0]).toMatchObject({ round: 1, tier: 2 });
    expect(roundOfCure({ highest: 'absolute' })).toBe(3);
    expect(roundOfCure({ highest: 'absolute', nextTier: 'next-number' })).toBe(4);
  });
});

describe('the order of the list (S:474)', () => {
  const scene: Scene = {
    devices: ['d1', 'd2'],
    vms: [
      { key: 'choice-of-two', on: 'd1', MB: 2000 },
      { key: 'no-choice', on: 'd2' },
    ],
    proxies: [
      { id: 'p1', san: ['d1', 'd2'] },
      { id: 'p2', san: ['d1'] },
    ],
    jobs: oneStream,
  };

  it('puts VMs with fewer eligible proxies first, before larger ones', () => {
    expect(starts(scene)).toEqual(['0 no-choice on p1', '10 choice-of-two on p1']);
  });

  it('leaves it to the size when the consideration is off', () => {
    expect(starts(scene, { order: false })).toEqual(['0 choice-of-two on p1', '20 no-choice on p1']);
  });
});

describe('the tie-break (S:476-480)', () => {
  const scene: Scene = {
    vms: [
      { key: 'small' },
      { key: 'large', MB: [1500, 1500], on: ['disk', 'disk'] },
      { key: 'middle', MB: 2000 },
    ],
    proxies: [{ id: 'p' }],
    jobs: oneStream,
  };

  it('puts the VM with the most allocated storage over all its disks first', () => {
    expect(starts(scene)).toEqual(['0 large on p', '30 middle on p', '50 small on p']);
  });

  it('is document order when the consideration is off', () => {
    expect(starts(scene, { tieBreak: false })).toEqual(['0 small on p', '10 large on p', '40 middle on p']);
  });

  it('goes by what is to be moved by size=to-move (A25)', () => {
    const thin: Scene = {
      ...scene,
      vms: [
        { key: 'thin', disks: [{ store: 'disk', allocatedMB: 9000, usedMB: 1000 }] },
        { key: 'thick', MB: 2000 },
      ],
    };
    expect(starts(thin)).toEqual(['0 thin on p', '10 thick on p']);
    expect(starts(thin, { size: 'to-move' })).toEqual(['0 thick on p', '20 thin on p']);
  });
});

describe('a rank above the number of proxies (S:540-542)', () => {
  it('favours VMs on a SAN by rank=san-first', () => {
    const scene: Scene = {
      devices: ['array', 'far'],
      vms: [
        { key: 'by-network', on: 'far', MB: 3000 },
        { key: 'by-san', on: 'array' },
      ],
      proxies: [{ id: 'p', san: ['array'] }],
      jobs: oneStream,
    };
    expect(starts(scene)[0]).toBe('0 by-network on p');
    expect(starts(scene, { rank: 'san-first' })[0]).toBe('0 by-san on p');
  });

  it('favours the largest VM by rank=largest-first', () => {
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'no-choice', on: 'd2' },
        { key: 'large', on: 'd1', MB: 2000 },
      ],
      proxies: [{ id: 'p1' }, { id: 'p2', san: ['d1'] }],
      jobs: oneStream,
    };
    expect(starts(scene)[0]).toBe('0 no-choice on p1');
    expect(starts(scene, { rank: 'largest-first' })[0]).toBe('0 large on p1');
  });
});

describe('the next available proxy (S:518-526)', () => {
  const scene: Scene = {
    vms: ['a', 'b', 'c', 'd'].map((key) => ({ key })),
    proxies: [
      { id: 'wide', maxStreams: 4 },
      { id: 'narrow', maxStreams: 2 },
    ],
  };

  it('is the one whose streams are the least part of its limit, not the one with the fewest', () => {
    // 0/4 0/2 -> wide; 1/4 0/2 -> narrow; 1/4 1/2 -> wide; 2/4 1/2 equal -> lowest id
    expect(starts(scene)).toEqual(['0 a on wide', '0 b on narrow', '0 c on wide', '0 d on wide']);
  });

  it('counts the streams of other jobs (S:522)', () => {
    const jobs = [
      { id: 'first', start: '22:00', select: { vms: ['a'] } },
      { id: 'second', start: '22:00', select: { vms: ['b'] } },
    ];
    const two = { ...scene, vms: scene.vms.slice(0, 2), jobs };
    expect(starts(two)).toEqual(['0 a on wide', '0 b on narrow']);
  });

  it('is the first with room when the consideration is off', () => {
    expect(starts(scene, { utilisation: false })).toEqual([
      '0 a on wide',
      '0 b on wide',
      '0 c on wide',
      '0 d on wide',
    ]);
  });

  it('is not one that is out of service', () => {
    const lost = { ...scene, faults: { outages: [{ proxy: 'wide', from: '22:00' }] } };
    expect(starts(lost)[0]).toBe('0 a on narrow');
  });
});

describe('ties between proxies (A11, S:498)', () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b' }],
    proxies: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
    jobs: [{ id: 'job', streams: 1, coordinator: 'p1' }],
  };

  it('go to the lowest id', () => {
    expect(starts(scene)).toEqual(['0 a on p1', '10 b on p1']);
  });

  it('go to a controller by tie=controller-first', () => {
    expect(starts(scene, { tie: 'controller-first' })).toEqual(['0 a on p2', '10 b on p2']);
  });

  it('are drawn by tie=random, by the night seed', () => {
    const many = { ...scene, vms: Array.from({ length: 12 }, (_, i) => ({ key: `vm-${i}` })) };
    const used = (nightSeed: number) =>
      play(documentScene(many), priorityList, { tie: 'random' }, { nightSeed }).attempts.map((a) => a.proxy);
    expect(new Set(used(1))).toEqual(new Set([0, 1, 2]));
    expect(used(1)).toEqual(used(1));
    expect(used(1)).not.toEqual(used(2));
  });
});

describe("the coordinator's own proxy (S:498, A28)", () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 4 },
    ],
    jobs: [{ id: 'job', coordinator: 'p1' }],
  };

  it('moves data as any other', () => {
    expect(starts(scene)).toEqual(['0 a on p1', '0 b on p2', '0 c on p2']);
  });

  it('counts as if it carried one stream more by coordinatorMoves=penalised', () => {
    // p1 stands at 1/2 from the start: p2 at 0/4, then 1/4, then at 2/4 = 1/2
    expect(starts(scene, { coordinatorMoves: 'penalised' })).toEqual(['0 a on p2', '0 b on p2', '0 c on p1']);
  });
});

describe('the walk of the list (S:500-504)', () => {
  it('goes past a VM that the proxy is not eligible for', () => {
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'for-p2', on: 'd2', MB: 9000 },
        { key: 'for-p1', on: 'd1' },
      ],
      proxies: [
        { id: 'p1', san: ['d1'] },
        { id: 'p2', san: ['d2'] },
      ],
      jobs: oneStream,
    };
    expect(starts(scene)).toEqual(['0 for-p1 on p1', '10 for-p2 on p2']);
  });

  it('ends with another proxy where the first is eligible for nothing that awaits', () => {
    const scene: Scene = {
      vms: [{ key: 'a' }],
      proxies: [{ id: 'blind', san: [] }, { id: 'sees' }],
    };
    expect(starts(scene)).toEqual(['0 a on sees']);
  });
});

describe('the activity score (S:506-508)', () => {
  const scene: Scene = {
    devices: ['d1', 'd2'],
    vms: [
      { key: 'a', on: 'd1', MB: 3000 },
      { key: 'b', on: 'd1', MB: 2000 },
      { key: 'c', on: 'd2' },
    ],
    proxies: [{ id: 'p' }],
    jobs: [{ id: 'job', streams: 2 }],
  };

  it('passes over a VM whose device one stream reads already, for one whose device is idle', () => {
    expect(starts(scene).slice(0, 2)).toEqual(['0 a on p', '0 c on p']);
  });

  it('lets the list decide alone when the consideration is off', () => {
    expect(starts(scene, { activity: false }).slice(0, 2)).toEqual(['0 a on p', '0 b on p']);
  });

  it('must be over the threshold, not at it, by passOver=over-threshold (A1)', () => {
    expect(starts(scene, { passOver: 'over-threshold' }).slice(0, 2)).toEqual(['0 a on p', '0 b on p']);
  });

  it('may reach the threshold that the parameter sets (A1)', () => {
    expect(starts(scene, { threshold: 2 }).slice(0, 2)).toEqual(['0 a on p', '0 b on p']);
  });

  it('never keeps a VM from an idle device, at a threshold of 0', () => {
    expect(starts(scene, { threshold: 0, cap: 0 })).toEqual(['0 a on p', '0 c on p', '30 b on p']);
  });

  it('counts the streams of all jobs, unless count=this-job-device (A6)', () => {
    const jobs = [
      { id: 'first', select: { vms: ['a'] } },
      { id: 'second', select: { vms: ['b', 'c'] } },
    ];
    expect(starts({ ...scene, jobs })).toEqual(['0 a on p', '0 c on p', '0 b on p']);
    expect(starts({ ...scene, jobs }, { count: 'this-job-device' })).toEqual([
      '0 a on p',
      '0 b on p',
      '0 c on p',
    ]);
  });

  it('is that of the device, shared by its stores, unless count=all-jobs-store (A6)', () => {
    const twoStores: Scene = {
      ...scene,
      stores: [{ id: 'd1-b', device: 'd1' }],
      vms: scene.vms.map((v) => (v.key === 'b' ? { ...v, on: 'd1-b' } : v)),
    };
    expect(starts(twoStores).slice(0, 2)).toEqual(['0 a on p', '0 c on p']);
    expect(starts(twoStores, { count: 'all-jobs-store' }).slice(0, 2)).toEqual(['0 a on p', '0 b on p']);
  });

  it('of a VM on several devices is that of the busiest, or their sum by manyStores=sum (A7)', () => {
    const three: Scene = {
      devices: ['d1', 'd2', 'd3'],
      vms: [
        { key: 'a', on: 'd1', MB: 9000 },
        { key: 'b', on: 'd2', MB: 8000 },
        { key: 'both', on: ['d1', 'd2'], MB: 1000 },
        { key: 'c', on: 'd1', MB: 1500 },
      ],
      proxies: [{ id: 'p' }],
    };
    const order = (params: Params) =>
      playScene(three, params).attempts.map((a) => 'a b both c'.split(' ')[a.unit]);
    // list: a b both c. With a and b under way, both scores 1 by the busiest and 2 by the sum, c scores 1
    expect(order({})).toEqual(['a', 'b', 'both', 'c']);
    expect(order({ manyStores: 'sum' })).toEqual(['a', 'b', 'c', 'both']);
  });
});

describe('the threshold (S:510)', () => {
  const oneDevice: Scene = {
    vms: [{ key: 'a', MB: 3000 }, { key: 'b', MB: 2000 }, { key: 'c' }],
    proxies: [{ id: 'p' }],
  };

  it('rises where all VMs of the proxy are on busy devices', () => {
    expect(starts(oneDevice)).toEqual(['0 a on p', '0 b on p', '0 c on p']);
  });

  it('rises no further than the cap, and then the proxy waits (A3)', () => {
    expect(starts(oneDevice, { cap: 1 })).toEqual(['0 a on p', '30 b on p', '50 c on p']);
    expect(starts(oneDevice, { cap: 2 })).toEqual(['0 a on p', '0 b on p', '20 c on p']);
  });

  it('leaves a proxy alone that is held by the cap, and tries the others (A10)', () => {
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'a', on: 'd1', MB: 3000 },
        { key: 'b', on: 'd1', MB: 2000 },
        { key: 'c', on: 'd2', MB: 500 },
      ],
      // after a, p1 has the lower utilisation; its VM is held by the cap
      proxies: [
        { id: 'p1', san: ['d1'], maxStreams: 8 },
        { id: 'p2', san: ['d2'], maxStreams: 1 },
      ],
      jobs: [{ id: 'job', streams: 3 }],
    };
    const busy: Scene = { ...scene, vms: [...scene.vms, { key: 'z', on: 'd2', MB: 400 }] };
    expect(starts(scene, { cap: 1 })).toEqual(['0 a on p1', '0 c on p2', '30 b on p1']);
    expect(starts(busy, { cap: 1, utilisation: false })).toEqual([
      '0 a on p1',
      '0 c on p2',
      '5 z on p2',
      '30 b on p1',
    ]);
  });

  it('falls back at the start of a round, or never, or after each start (A2)', () => {
    // Round 1 raises it for b; a, b and x fail once. In round 2 a starts first, then b has the score 1 and x has none.
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'a', on: 'd1', MB: 3000 },
        { key: 'b', on: 'd1', MB: 2000 },
        { key: 'x', on: 'd2', MB: 300 },
        { key: 'sound', on: 'd2', MB: 200 },
      ],
      proxies: [{ id: 'p' }],
      faults: { broken: ['a', 'b', 'x'].map((vm) => ({ vm, attempts: 1 })) },
    };
    const secondRound = (params: Params) => starts(scene, params).slice(4);
    expect(secondRound({})).toEqual(['2 a on p', '2 x on p', '2 b on p']);
    expect(secondRound({ reset: 'never' })).toEqual(['2 a on p', '2 b on p', '2 x on p']);
    expect(secondRound({ reset: 'start' })).toEqual(['2 a on p', '2 x on p', '2 b on p']);
  });

  it('stays raised within a round, unless reset=start', () => {
    const scene: Scene = {
      vms: [
        { key: 'a', on: 'd1', MB: 9000 },
        { key: 'b', on: 'd1', MB: 8000 },
        { key: 'c', on: 'd2', MB: 7000 },
        { key: 'd', on: 'd2', MB: 6000 },
        { key: 'e', on: 'd3', MB: 5000 },
      ],
      devices: ['d1', 'd2', 'd3'],
      proxies: [
        { id: 'p1', san: ['d1'], maxStreams: 4 },
        { id: 'p2', san: ['d2', 'd3'], maxStreams: 3 },
      ],
    };
    // p1: a; p2: c; p1 (1/4): b at T = 2; p2 (1/3): d on the busy d2 at T = 2, or e on the idle d3 at T = 1
    expect(starts(scene)).toEqual(['0 a on p1', '0 c on p2', '0 b on p1', '0 d on p2', '0 e on p2']);
    expect(starts(scene, { reset: 'start' })).toEqual([
      '0 a on p1',
      '0 c on p2',
      '0 b on p1',
      '0 e on p2',
      '0 d on p2',
    ]);
    // where each proxy or device has its own, what p1 and d1 needed does not concern p2 (A4)
    expect(starts(scene, { scope: 'proxy' }).slice(3)).toEqual(['0 e on p2', '0 d on p2']);
    expect(starts(scene, { scope: 'device' }).slice(3)).toEqual(['0 e on p2', '0 d on p2']);
  });

  it('of a device serves every proxy, that of a proxy does not (A4)', () => {
    // y reads d1 all along. At 0 p1 raises the threshold to 2 for a, on d1; at 10 p2 may take c, on d1 too, or d, on the idle d2
    const scene: Scene = {
      devices: ['d1', 'd2'],
      servers: [{ id: 'esx' }, { id: 'esx-c', hypervisor: 'for-c' }, { id: 'esx-y', hypervisor: 'for-y' }],
      vms: [
        { key: 'y', on: 'd1', MB: 9000, server: 'esx-y' },
        { key: 'c', on: 'd1', MB: 5000, server: 'esx-c' },
        { key: 'a', on: 'd1' },
        { key: 'd0', on: 'd2' },
        { key: 'd', on: 'd2', MB: 500 },
      ],
      proxies: [
        { id: 'p2', san: ['d2', 'd1'], maxStreams: 1, hypervisors: ['for-c', 'vmware'] },
        { id: 'p1', san: ['d1'], maxStreams: 1 },
        { id: 'p3', hypervisors: ['for-y'] },
      ],
      jobs: [
        { id: 'other', select: { vms: ['y'] } },
        { id: 'job', streams: 2, select: { vms: ['c', 'a', 'd0', 'd'] } },
      ],
    };
    const fourth = (scope: string) => starts(scene, { scope, order: false })[3];
    expect(starts(scene, { order: false }).slice(0, 3)).toEqual(['0 y on p3', '0 d0 on p2', '0 a on p1']);
    expect(fourth('job')).toBe('10 c on p2');
    expect(fourth('device')).toBe('10 c on p2');
    expect(fourth('proxy')).toBe('10 d on p2');
  });

  it('rises by one, or to what lets the least busy device pass by raise=smallest-score (A3)', () => {
    // One threshold ends at the same place either way. Where each device has its own: p1 raises that of d1 to 3 for a1, a2, a3.
    // Then p2 finds c on d1 (score 3, threshold 3) and b on d2 (1, 1): one more lets both pass, the smallest score only b.
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'y', on: 'd2', MB: 9000 },
        ...['a1', 'a2', 'a3', 'c'].map((key) => ({ key, on: 'd1', MB: 5000 })),
        { key: 'b', on: 'd2' },
      ],
      proxies: [{ id: 'p1', san: ['d1'], maxStreams: 3 }, { id: 'p2' }],
      jobs: [
        { id: 'other', select: { vms: ['y'] } },
        { id: 'job', select: { except: ['y'] } },
      ],
    };
    const params = { scope: 'device', order: false, utilisation: false };
    const last = (raise: string) => starts(scene, { ...params, raise }).slice(-2);
    expect(last('one')).toEqual(['0 c on p2', '0 b on p2']);
    expect(last('smallest-score')).toEqual(['0 b on p2', '0 c on p2']);
  });

  it('is raised at once, before another free proxy is asked (S:510), unless othersFirst (A5)', () => {
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'a', on: 'd1', MB: 9000 },
        { key: 'b', on: 'd1', MB: 8000 },
        { key: 'x', on: 'd2', MB: 500 },
      ],
      // after a and one stream elsewhere, p1 stands at 1/8 and p2 at 1/4: p1 is next, with b on the busy d1 only
      proxies: [
        { id: 'p1', san: ['d1'], maxStreams: 8 },
        { id: 'p2', san: ['d2'], maxStreams: 4 },
      ],
      jobs: [
        { id: 'other', select: { vms: ['y'] } },
        { id: 'job', select: { vms: ['a', 'b', 'x'] } },
      ],
    };
    const withOther = {
      ...scene,
      devices: ['d1', 'd2', 'd3'],
      vms: [{ key: 'y', on: 'd3', MB: 9000 }, ...scene.vms],
    };
    withOther.proxies = [scene.proxies[0]!, { ...scene.proxies[1]!, san: ['d2', 'd3'] }];
    expect(starts(withOther)).toEqual(['0 y on p2', '0 a on p1', '0 b on p1', '0 x on p2']);
    expect(starts(withOther, { othersFirst: true })).toEqual([
      '0 y on p2',
      '0 a on p1',
      '0 x on p2',
      '0 b on p1',
    ]);
  });
});

describe('rounds (S:448, S:452-454)', () => {
  const scene: Scene = {
    vms: [
      { key: 'fails-once', MB: 3000 },
      { key: 'long', MB: 2000 },
    ],
    proxies: [{ id: 'p' }],
    faults: { broken: [{ vm: 'fails-once', attempts: 1 }] },
  };

  it('leave a failed VM alone until nothing is in progress, then start again with the stranded alone', () => {
    const played = playScene(scene);
    expect(startsOf(played)).toEqual(['0 fails-once on p', '0 long on p', '20 fails-once on p']);
    expect(played.jobs[0]!.rounds.map((r) => [r.units, r.stranded])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  it('are not waited for when the consideration is off: a failed VM awaits again at once', () => {
    expect(starts(scene, { rounds: false })).toEqual([
      '0 fails-once on p',
      '0 long on p',
      '1 fails-once on p',
    ]);
  });

  it('open no tiers when the consideration is off: the failures of the VM itself do', () => {
    const broken: Scene = {
      vms: [{ key: 'a' }],
      proxies: [{ id: 'network', san: [] }, { id: 'san' }],
      faults: { broken: [{ proxy: 'san' }] },
    };
    const played = playScene(broken, { rounds: false });
    expect(startsOf(played)).toEqual(['0 a on san', '1 a on network']);
    expect(played.jobs[0]!.rounds).toHaveLength(1);
  });

  it('strand a VM whose proxies are all out of service, and only that', () => {
    const lost: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'a', on: 'd1' },
        { key: 'b', on: 'd2' },
      ],
      proxies: [
        { id: 'p1', san: ['d1'] },
        { id: 'p2', san: ['d2'] },
      ],
      faults: { outages: [{ proxy: 'p2', from: '22:00', to: '23:00' }] },
    };
    const played = playScene(lost);
    // round 2 opens the network, where p1 reaches b
    expect(startsOf(played)).toEqual(['0 a on p1', '10 b on p1']);
    expect(played.jobs[0]!.rounds[0]!.stranded).toBe(1);
  });

  it('do not strand what the streams of another job merely delay (N12)', () => {
    const jobs = ['a', 'b'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    const played = playScene({
      vms: [{ key: 'a' }, { key: 'b' }],
      proxies: [{ id: 'p', maxStreams: 1 }],
      jobs,
    });
    expect(startsOf(played)).toEqual(['0 a on p', '10 b on p']);
    expect(played.jobs.map((j) => j.rounds.length)).toEqual([1, 1]);
  });

  it('do not strand what waits for a slot at a media agent (N12)', () => {
    const jobs = ['a', 'b'].map((vm) => ({ id: `job-${vm}`, select: { vms: [vm] } }));
    const agents = [{ id: 'agent', maxStreams: 1 }];
    const played = playScene({ vms: [{ key: 'a' }, { key: 'b' }], proxies: [{ id: 'p' }], jobs, agents });
    expect(startsOf(played)).toEqual(['0 a on p', '10 b on p']);
  });
});

describe('failures (A21, A22)', () => {
  const scene: Scene = {
    vms: ['a', 'b', 'c', 'd'].map((key) => ({ key })),
    proxies: [
      { id: 'black-hole', maxStreams: 1 },
      { id: 'sound', maxStreams: 1 },
    ],
    faults: { broken: [{ proxy: 'black-hole' }] },
  };

  it('do not keep a live proxy that fails at once from getting one VM after the other (W1)', () => {
    expect(starts(scene).filter((s) => s.endsWith('black-hole')).length).toBeGreaterThan(2);
  });

  it('can strand the last VM there for good, unless dropAfter lets the job go on without that proxy', () => {
    const two: Scene = { ...scene, vms: scene.vms.slice(0, 2) };
    const stranded = (params: Params) =>
      playScene(two, params).units.filter((u) => u.state === 'stranded').length;
    expect(stranded({})).toBe(1);
    expect(stranded({ dropAfter: 1 })).toBe(0);
    expect(stranded({ retryInRound: true })).toBe(0);
  });

  it('drop a proxy after so many of them by dropAfter', () => {
    expect(starts(scene, { dropAfter: 1 })).toEqual([
      '0 a on black-hole',
      '0 b on sound',
      '10 c on sound',
      '20 d on sound',
      '30 a on sound',
    ]);
    expect(starts(scene, { dropAfter: 2 }).filter((s) => s.endsWith('black-hole'))).toHaveLength(2);
  });

  it('send a VM to another eligible proxy in the same round by retryInRound', () => {
    const played = playScene(scene, { retryInRound: true });
    expect(played.jobs[0]!.rounds).toHaveLength(1);
    expect(played.units.every((u) => u.state === 'finished')).toBe(true);
    for (const vm of [0, 1, 2, 3]) {
      const proxies = played.attempts.filter((a) => a.vm === vm).map((a) => a.proxy);
      expect(new Set(proxies).size).toBe(proxies.length);
    }
  });
});

describe('a retry in the round (A21)', () => {
  it('is for proxies on which the VM has not failed in this round; the next round begins anew', () => {
    const scene: Scene = {
      vms: [{ key: 'fails-thrice' }, { key: 'sound', MB: 500 }],
      proxies: [
        { id: 'p1', maxStreams: 1 },
        { id: 'p2', maxStreams: 1 },
      ],
      faults: { broken: [{ vm: 'fails-thrice', attempts: 3 }] },
    };
    const played = playScene(scene, { retryInRound: true });
    expect(startsOf(played)).toEqual([
      '0 fails-thrice on p1',
      '0 sound on p2',
      '5 fails-thrice on p2',
      '6 fails-thrice on p1',
      '7 fails-thrice on p2',
    ]);
    expect(played.attempts.map((a) => a.round)).toEqual([1, 1, 1, 2, 2]);
  });
});

describe('VM-first (US 10,148,780 claim 1)', () => {
  // The list: only-p2, then any. p1 is the least utilised proxy throughout.
  const scene: Scene = {
    devices: ['d1', 'd2'],
    vms: [
      { key: 'any', on: 'd1' },
      { key: 'only-p2', on: 'd2' },
    ],
    proxies: [
      { id: 'p1', san: ['d1'] },
      { id: 'p2', san: ['d1', 'd2'] },
    ],
    jobs: oneStream,
  };

  it('takes the first VM on the list and then its proxy, where proxy-first takes what p1 may have', () => {
    expect(starts(scene, { flow: 'vm-first' })).toEqual(['0 only-p2 on p2', '10 any on p1']);
    expect(starts(scene)).toEqual(['0 any on p1', '10 only-p2 on p2']);
  });

  it('gives a VM the least utilised of its eligible proxies', () => {
    const two: Scene = { vms: [{ key: 'a' }, { key: 'b' }], proxies: [{ id: 'p1' }, { id: 'p2' }] };
    expect(starts(two, { flow: 'vm-first' })).toEqual(['0 a on p1', '0 b on p2']);
  });

  it('passes over VMs on busy devices until all are, as proxy-first does', () => {
    const busy: Scene = {
      devices: ['d1', 'd2'],
      vms: [
        { key: 'a', on: 'd1', MB: 3000 },
        { key: 'b', on: 'd1', MB: 2000 },
        { key: 'c', on: 'd2' },
      ],
      proxies: [{ id: 'p' }],
    };
    expect(starts(busy, { flow: 'vm-first' })).toEqual(['0 a on p', '0 c on p', '0 b on p']);
    expect(starts(busy, { flow: 'vm-first', cap: 1 })).toEqual(['0 a on p', '0 c on p', '30 b on p']);
  });
});
