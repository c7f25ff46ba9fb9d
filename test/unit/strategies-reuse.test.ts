import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import { leastLoaded } from '../../strategies/least-loaded.ts';
import { vsaReuse } from '../../strategies/vsa-reuse.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { play, startsOf } from '../scenes/fake-executor.ts';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';

// Proxies of 2 cores carry 4 streams comfortably. 1000 MB take 10 s.

const starts = (scene: Scene, params: Params = {}) => startsOf(play(documentScene(scene), vsaReuse, params));
const vms = (...sizesMB: number[]) => sizesMB.map((MB, k) => ({ key: `vm-${k + 1}`, MB }));
const proxies = [
  { id: 'asleep', cpus: 2, maxStreams: 9, dormant: true, bootS: 120 },
  { id: 'awake', cpus: 2, maxStreams: 9 },
];

describe('vsa-reuse (B4)', () => {
  const equal: Scene = { vms: vms(1000, 1000, 1000, 1000, 1000), proxies };

  it('uses a proxy that is up until its load is over the threshold, then starts a dormant one', () => {
    // load of awake 0, 1/4, 1/2 are not over 0.5; 3/4 is; then asleep, at 1/4, is the least loaded
    expect(starts(equal)).toEqual([
      '0 vm-1 on awake',
      '0 vm-2 on awake',
      '0 vm-3 on awake',
      '0 vm-4 on asleep',
      '0 vm-5 on asleep',
    ]);
  });

  it('starts none below the threshold, where least-loaded starts one for the first VM', () => {
    expect(starts({ ...equal, vms: vms(1000, 1000) })).toEqual(['0 vm-1 on awake', '0 vm-2 on awake']);
    expect(startsOf(play(documentScene(equal), leastLoaded))[0]).toBe('0 vm-1 on asleep');
  });

  it('has a threshold that falls with the size of the VM', () => {
    // mean 3000: 0.5 * 3000 / 7000 = 0.21 is under 1/4; the last, small one may go anywhere
    expect(starts({ ...equal, vms: vms(1000, 7000, 1000) })).toEqual([
      '0 vm-1 on awake',
      '0 vm-2 on asleep',
      '0 vm-3 on asleep',
    ]);
    expect(starts({ ...equal, vms: vms(1000, 7000, 1000) }, { threshold: 1 })[1]).toBe('0 vm-2 on awake');
  });

  it('takes the least loaded where nothing is dormant any more', () => {
    expect(starts(equal, { threshold: 0 }).map((line) => line.split(' ').at(-1))).toEqual([
      'awake',
      'asleep',
      'asleep',
      'awake',
      'asleep',
    ]);
  });

  it('starts a dormant proxy where those that are up have no room', () => {
    const full = [proxies[0]!, { ...proxies[1]!, maxStreams: 1 }];
    expect(starts({ ...equal, vms: vms(1000, 1000), proxies: full })[1]).toBe('0 vm-2 on asleep');
  });

  it('pays the time to boot', () => {
    expect(endsByKey(playNight(documentScene(equal), { strategy: vsaReuse }))).toEqual({
      'vm-1': 10,
      'vm-2': 10,
      'vm-3': 10,
      'vm-4': 130,
      'vm-5': 130,
    });
  });

  it('copes with VMs of no bytes', () => {
    expect(starts({ ...equal, vms: vms(0, 0) })).toEqual(['0 vm-1 on awake', '0 vm-2 on awake']);
  });

  it('keeps to the limit of a proxy, unless respectLimit=false (N5)', () => {
    const narrow: Scene = { vms: vms(1000, 1000), proxies: [{ id: 'p', cpus: 2, maxStreams: 1 }] };
    expect(starts(narrow)).toEqual(['0 vm-1 on p', '10 vm-2 on p']);
    expect(starts(narrow, { respectLimit: false })).toEqual(['0 vm-1 on p', '0 vm-2 on p']);
  });
});
