import { describe, expect, it } from 'vitest';
import { createCounters } from '../../harness/coordinate/counters.ts';
import { countDeviceStreams, dealLanes } from '../../harness/coordinate/lanes.ts';
import { nameRoles, pickAgent } from '../../harness/coordinate/storage-manager.ts';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import type { Vm } from '../../harness/model/night.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { plainAgent, plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

const vmOf = (...disks: [device: number, toMoveMB: number][]): Vm => ({
  id: 0,
  key: 'v',
  server: 0,
  job: 0,
  writeMBps: 0,
  disks: disks.map(([device, toMoveMB]) => ({ store: device, device, allocatedMB: 0, usedMB: 0, toMoveMB })),
});
const deal = (vm: Vm, streams: number) =>
  dealLanes(vm, [...vm.disks.keys()], streams).map((lane) => lane.map((r) => [r.device, r.sizeMB]));

describe('lanes', () => {
  it('get the disks largest first, each the lane with the fewest MB so far', () => {
    expect(deal(vmOf([0, 10], [1, 45], [2, 30], [3, 5]), 2)).toEqual([
      [[1, 45]],
      [
        [2, 30],
        [0, 10],
        [3, 5],
      ],
    ]);
  });

  it('read disks of one device that follow each other in one go', () => {
    expect(deal(vmOf([0, 10], [0, 40], [1, 30], [0, 5]), 1)).toEqual([
      [
        [0, 40],
        [1, 30],
        [0, 15],
      ],
    ]);
  });

  it('are never empty, not even where disks have no bytes', () => {
    expect(deal(vmOf([0, 0], [0, 0], [0, 7]), 3)).toEqual([[[0, 7]], [[0, 0]], [[0, 0]]]);
  });

  it('count on each device that they come to, once', () => {
    const lanes = dealLanes(vmOf([2, 10], [0, 50], [2, 30], [0, 5]), [0, 1, 2, 3], 2);
    expect(lanes.map((lane) => lane.map((r) => r.device))).toEqual([[0], [2, 0]]);
    expect(countDeviceStreams([0, 2], lanes)).toEqual([2, 1]);
    expect(countDeviceStreams([7], [[{ device: 7, sizeMB: 1 }], [{ device: 7, sizeMB: 0 }]])).toEqual([2]);
  });
});

const nightOf = (parts: Partial<DocumentInput>) =>
  compileNight(plainDocument({ vms: [plainVm('v', [['ds', 1]])], ...parts }), {
    clusterSeed: 1,
    nightSeed: 1,
  });

describe('the counters', () => {
  it('count a snapshot once for all attempts at a VM that read its store', () => {
    const night = nightOf({});
    const counters = createCounters(night.facts);
    const stream = (attempt: number, vm: number) => ({
      attempt,
      vm,
      job: 0,
      unit: attempt,
      proxy: 0,
      agent: 0,
      server: 0,
      tier: 3 as const,
      stores: [0],
      devices: [0],
      deviceStreams: [1],
      streams: 2,
    });
    const open = () => counters.stores.openSnapshots[0];
    counters.open(stream(0, 0));
    counters.open(stream(1, 0));
    counters.open(stream(2, 7));
    expect([open(), counters.stores.active[0], counters.servers.networkStreams[0]]).toEqual([2, 6, 6]);
    counters.close(stream(0, 0));
    expect(open()).toBe(2);
    counters.close(stream(1, 0));
    expect(open()).toBe(1);
    counters.close(stream(2, 7));
    expect([open(), counters.proxies.active[0], counters.agents.active[0]]).toEqual([0, 0, 0]);
  });
});

describe('the storage manager', () => {
  it('picks the agent with the fewest streams that has the slots, then the first', () => {
    const night = nightOf({
      agents: ['a', 'b', 'c'].map((id) => plainAgent(id, { maxStreams: 4 })),
      policies: [{ id: 'policy', agents: ['a', 'b', 'c'] }],
    });
    const counters = createCounters(night.facts);
    const pick = (streams: number) => pickAgent(counters, [0, 1, 2], streams);
    expect(pick(4)).toBe(0);
    counters.agents.active.set([2, 1, 1]);
    expect([pick(3), pick(4)]).toEqual([1, null]);
    counters.setService('agent', 1, false);
    expect(pick(3)).toBe(2);
  });

  describe('names as coordinator', () => {
    const rolesOf = (jobs: Partial<DocumentInput['jobs'][number]>, down: number[] = []) => {
      const night = nightOf({
        proxies: [
          plainProxy('other', { hypervisors: ['xen'] }),
          plainProxy('p'),
          plainProxy('q'),
          plainProxy('r'),
        ],
        jobs: [{ id: 'job', policy: 'policy', streams: 1, ...jobs }],
      });
      const counters = createCounters(night.facts);
      for (const proxy of down) counters.setService('proxy', proxy, false);
      return nameRoles({ night, job: night.jobs[0]!, facts: night.jobFacts(0, 'vm'), counters });
    };

    it('the first proxy that can back up a VM of the job, the others that can as controllers', () => {
      expect(rolesOf({})).toEqual({ coordinator: 1, controllers: [2, 3] });
    });

    it('the one that is written, whether it can or not', () => {
      expect(rolesOf({ coordinator: 'other' })).toEqual({ coordinator: 0, controllers: [1, 2, 3] });
      expect(rolesOf({ coordinator: 'q', controllers: ['r'] })).toEqual({ coordinator: 2, controllers: [3] });
    });

    it('in its place the next controller in service, and none where there is none', () => {
      expect(rolesOf({ coordinator: 'p', controllers: ['r', 'q'] }, [1]).coordinator).toBe(3);
      expect(rolesOf({}, [1, 2, 3]).coordinator).toBeNull();
    });
  });
});
