import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { leastLoaded } from '../../strategies/least-loaded.ts';
import { lpt } from '../../strategies/lpt.ts';
import { powerOfTwo } from '../../strategies/power-of-two.ts';
import { random } from '../../strategies/random.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';

// Rules that take VMs one by one and choose a proxy for each. 1000 MB take 10 s.

const starts = (scene: Scene, strategy: Strategy, params: Params = {}, nightSeed = 1) =>
  startsOf(play(documentScene(scene), strategy, params, { nightSeed }));
const vms = (count: number, MB = 1000) => Array.from({ length: count }, (_, k) => ({ key: `vm-${k}`, MB }));
const proxies = (count: number, maxStreams: number) =>
  Array.from({ length: count }, (_, k) => ({ id: `p${k + 1}`, maxStreams }));
const startsOn = (lines: readonly string[], proxy: string) =>
  lines.filter((line) => line.endsWith(`on ${proxy}`)).length;

describe('random', () => {
  const wide: Scene = {
    vms: vms(300),
    proxies: proxies(3, 300),
    agents: [{ id: 'agent', maxStreams: 300 }],
    jobs: [{ id: 'job', streams: 300 }],
  };

  it('gives every proxy with room the same chance', () => {
    // 300 VMs at once over 3 proxies: 100 +- 8.2 each; 4 sigma are 33
    const lines = starts(wide, random);
    for (const proxy of ['p1', 'p2', 'p3']) expect(Math.abs(startsOn(lines, proxy) - 100)).toBeLessThan(33);
  });

  it('decides alike in equal nights and otherwise in others', () => {
    expect(starts(wide, random)).toEqual(starts(wide, random));
    expect(starts(wide, random, {}, 2)).not.toEqual(starts(wide, random, {}, 1));
  });

  it('draws only among proxies that have room and reach the VM', () => {
    const scene: Scene = {
      vms: vms(6),
      proxies: [...proxies(2, 2), { id: 'other', hypervisors: ['xen'] }],
    };
    const lines = starts(scene, random);
    expect([startsOn(lines, 'other'), lines.filter((line) => line.startsWith('0 ')).length]).toEqual([0, 4]);
  });
});

describe('power-of-two', () => {
  it('is least-loaded where there are but two proxies', () => {
    const scene: Scene = {
      vms: [...vms(3), { key: 'large', MB: 5000 }, { key: 'z' }],
      proxies: proxies(2, 3),
    };
    expect(starts(scene, powerOfTwo)).toEqual(starts(scene, leastLoaded));
  });

  // three VMs of another job are under way when `late` is placed
  const uneven: Scene = {
    vms: [...vms(3, 90_000), { key: 'late' }],
    proxies: proxies(3, 9),
    jobs: [
      { id: 'first', start: '22:00', select: { except: ['late'] } },
      { id: 'second', start: '22:01', select: { vms: ['late'] } },
    ],
  };
  const nights = Array.from({ length: 40 }, (_, k) => k + 1);

  it('never takes the most loaded of all, and not always the least loaded', () => {
    const seen = new Set(
      nights.map((seed) => {
        const lines = starts(uneven, powerOfTwo, {}, seed);
        const before = ['p1', 'p2', 'p3'].map((p) => startsOn(lines.slice(0, 3), p));
        const chosen = before[Number(lines[3]!.at(-1)) - 1]!;
        return `${before.toSorted((a, b) => a - b).join()}: ${chosen}`;
      }),
    );
    // three VMs over three proxies: by two choices 1, 1, 1, or 0, 1, 2 where the idle one was not drawn
    expect(seen).toEqual(new Set(['1,1,1: 1', '0,1,2: 0', '0,1,2: 1']));
  });
});

describe('lpt', () => {
  const scene: Scene = {
    vms: [{ key: 'a' }, { key: 'b', MB: 3000 }, { key: 'c', MB: 2000 }, { key: 'z', MB: 9000 }],
    proxies: proxies(2, 2),
  };

  it('takes the largest first, each to the proxy with the least MB under way per stream', () => {
    // z alone on p1: 4500 per stream; b and c on p2: 1500, then 2500, which is still less, but p2 is full
    expect(starts(scene, lpt)).toEqual(['0 z on p1', '0 b on p2', '0 c on p2', '0 a on p1']);
  });

  it('has one long VM begin at once that input order lets begin last, and set the makespan', () => {
    const narrow: Scene = { ...scene, proxies: proxies(1, 1) };
    expect(starts(narrow, lpt)).toEqual(['0 z on p1', '90 b on p1', '120 c on p1', '140 a on p1']);
    const one: Scene = { ...scene, proxies: proxies(2, 1) };
    // by input order z begins at 30 s on top of c, and ends at 120 s; here at 90 s
    expect(starts(one, leastLoaded).at(-1)).toBe('30 z on p1');
    expect(starts(one, lpt)).toEqual(['0 z on p1', '0 b on p2', '30 c on p2', '50 a on p2']);
  });

  it('counts what is under way, not what has ended', () => {
    // at 10 s a and b have ended on p2 and p1: nothing there, d on p3 goes on
    const later: Scene = {
      vms: [{ key: 'd', MB: 3000 }, { key: 'a' }, { key: 'b' }, { key: 'c' }],
      proxies: proxies(3, 1),
    };
    expect(starts(later, lpt)).toEqual(['0 d on p1', '0 a on p2', '0 b on p3', '10 c on p2']);
  });

  it('divides by the limit: a wide proxy carries more', () => {
    const uneven: Scene = {
      vms: [{ key: 'a', MB: 4000 }, { key: 'b', MB: 3000 }, { key: 'c' }],
      proxies: [
        { id: 'wide', maxStreams: 4 },
        { id: 'narrow', maxStreams: 2 },
      ],
    };
    // wide 4000 / 4 = 1000, narrow 3000 / 2 = 1500
    expect(starts(uneven, lpt)).toEqual(['0 a on wide', '0 b on narrow', '0 c on wide']);
  });
});

describe.each([random, powerOfTwo, lpt])('$name', (strategy) => {
  const narrow: Scene = { vms: vms(2), proxies: proxies(1, 1) };

  it('keeps to the limit of a proxy, unless respectLimit=false (N5)', () => {
    expect(starts(narrow, strategy)).toEqual(['0 vm-0 on p1', '10 vm-1 on p1']);
    expect(starts(narrow, strategy, { respectLimit: false })).toEqual(['0 vm-0 on p1', '0 vm-1 on p1']);
  });

  it('does not end the round of a VM that the streams of another job delay (N12)', () => {
    const jobs = [0, 1].map((k) => ({ id: `job-${k}`, select: { vms: [`vm-${k}`] } }));
    const played = play(documentScene({ ...narrow, jobs }), strategy);
    expect(played.jobs.map((j) => j.rounds.length)).toEqual([1, 1]);
  });

  it('goes on in mid-round when its coordinator is lost', () => {
    const scene: Scene = {
      vms: vms(4, 12_000),
      proxies: proxies(2, 1),
      jobs: [{ id: 'job', coordinator: 'p1' }],
      faults: { outages: [{ proxy: 'p1', from: '22:01' }] },
    };
    const played = play(documentScene(scene), strategy);
    expect(played.units.every((u) => u.state === 'finished')).toBe(true);
    expect(
      startsOf(played)
        .slice(2)
        .every((line) => line.endsWith('on p2')),
    ).toBe(true);
  });
});
