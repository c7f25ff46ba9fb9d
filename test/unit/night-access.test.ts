import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import type { JobFacts } from '../../harness/model/facts.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import {
  plainAgent,
  plainDevice,
  plainDocument,
  plainProxy,
  plainServer,
  plainStore,
  plainVm,
} from '../scenes/plain-document.ts';

const san = plainDevice('san');
const nas = plainDevice('nas', { attachment: { kind: 'nas', site: 'here' } });
const inside = plainDevice('inside', { attachment: { kind: 'internal', server: 'esx' } });

/** Stores "on-san", "on-nas" and "inside"; server "esx" mounts all three. */
const facts = (parts: Partial<DocumentInput>, workUnit: 'vm' | 'disk' = 'vm'): JobFacts =>
  compileNight(
    plainDocument({
      sites: [{ id: 'here' }, { id: 'there' }],
      devices: [san, nas, inside],
      stores: [plainStore('on-san', 'san'), plainStore('on-nas', 'nas'), plainStore('inside', 'inside')],
      servers: [plainServer('esx', ['on-san', 'on-nas', 'inside'])],
      ...parts,
    }),
    { clusterSeed: 1, nightSeed: 1 },
  ).jobFacts(0, workUnit);

describe('the tier of a pair', () => {
  const vms = [plainVm('v', [['on-san', 1]])];
  const all = {
    servers: [plainServer('esx', ['on-san', 'on-nas', 'inside']), plainServer('esx-2', ['on-nas'])],
  };

  it.each([
    ['san, where a zone of the device is one of the proxy', { sanZones: ['zone-san'] }, 1],
    ['local, where the server of the proxy mounts the store', { server: 'esx' }, 2],
    ['network, where it does not, at the same site', { server: 'esx-2' }, 3],
    ['network, for a physical proxy in another zone', { sanZones: ['zone-other'] }, 3],
    ['san before local, where both serve', { server: 'esx', sanZones: ['zone-san'] }, 1],
    ['none, where the agent suits another hypervisor', { sanZones: ['zone-san'], hypervisors: ['xen'] }, 0],
    ['none, where none is installed', { sanZones: ['zone-san'], installed: false }, 0],
    ['none, where it is not active', { sanZones: ['zone-san'], active: false }, 0],
  ] as const)('is %s', (_, more, tier) => {
    const proxy = plainProxy('p', structuredClone(more) as Parameters<typeof plainProxy>[1]);
    expect(facts({ ...all, vms, proxies: [proxy] }).tier(0, 0)).toBe(tier);
  });

  it('is the best that serves all stores of a VM, not the best of one', () => {
    const job = facts({
      vms: [
        plainVm('both', [
          ['on-san', 1],
          ['on-nas', 1],
        ]),
      ],
      proxies: [
        plainProxy('physical', { sanZones: ['zone-san'] }),
        plainProxy('virtual', { server: 'esx', sanZones: ['zone-san'] }),
      ],
    });
    expect([job.tier(0, 0), job.tier(0, 1)]).toEqual([3, 2]);
  });

  it('is that of each disk, where disks are units', () => {
    const job = facts(
      {
        vms: [
          plainVm('both', [
            ['on-san', 1],
            ['on-nas', 1],
          ]),
        ],
        proxies: [plainProxy('physical', { sanZones: ['zone-san'] })],
      },
      'disk',
    );
    expect(job.units.map((u) => [u.key, job.tier(u.id, 0)])).toEqual([
      ['both#0', 1],
      ['both#1', 3],
    ]);
  });

  it('inside a server is local for the proxies on it, network for the others', () => {
    const job = facts({
      ...all,
      vms: [plainVm('v', [['inside', 1]])],
      proxies: [
        plainProxy('on-it', { server: 'esx' }),
        plainProxy('beside', { server: 'esx-2' }),
        plainProxy('p'),
      ],
    });
    expect([0, 1, 2].map((p) => job.tier(0, p))).toEqual([2, 3, 3]);
  });

  describe('from another site', () => {
    const away = {
      vms,
      proxies: [plainProxy('p', { site: 'there' })],
      agents: [plainAgent('agent', { site: 'there' })],
    };
    const links = [{ between: ['here', 'there'] as [string, string], MBps: 10 }];

    it('is complex over a direct link, none without', () => {
      expect(facts({ ...away, links }).tier(0, 0)).toBe(4);
      expect(facts(away).tier(0, 0)).toBe(0);
    });

    it('is complex without a link, where a server there mounts the store, of the same hypervisor', () => {
      const second = (more: object) =>
        facts({
          ...away,
          servers: [
            plainServer('esx', ['on-san']),
            plainServer('esx-2', ['on-san'], { site: 'there', ...more }),
          ],
        }).tier(0, 0);
      expect(second({})).toBe(4);
      expect(second({ hypervisor: 'xen' })).toBe(0);
    });
  });

  it('is none where the proxy has no way on to an agent of the policy', () => {
    const parts = { vms, proxies: [plainProxy('p', { sanZones: ['zone-san'] })] };
    const links = [{ between: ['here', 'there'] as [string, string], MBps: 10 }];
    const agents = [plainAgent('near'), plainAgent('far', { site: 'there' })];
    const policies = (...names: string[]) => [{ id: 'policy', agents: names }];
    expect(facts({ ...parts, agents, policies: policies('far') }).tier(0, 0)).toBe(0);
    const both = facts({ ...parts, agents, policies: policies('near', 'far') });
    expect([both.tier(0, 0), both.agentsOf(0)]).toEqual([1, [0]]);
    expect(facts({ ...parts, agents, links, policies: policies('near', 'far') }).agentsOf(0)).toEqual([0, 1]);
  });
});

describe('units that stand alike', () => {
  it('share a reach, and a queue where they lie on the same devices', () => {
    const job = facts({
      vms: [
        plainVm('a', [['on-san', 1]]),
        plainVm('b', [['on-nas', 1]]),
        plainVm('c', [['on-san', 2]]),
        plainVm('d', [['inside', 2]]),
      ],
      proxies: [plainProxy('p', { sanZones: ['zone-san'] }), plainProxy('q', { server: 'esx' })],
    });
    const [a, b, c, d] = job.units;
    expect([a!.reach, a!.queue]).toEqual([c!.reach, c!.queue]);
    expect([b!.reach, job.reachCount]).toEqual([d!.reach, 2]);
    expect([b!.queue === d!.queue, job.queueCount]).toEqual([false, 3]);
    expect([1, 2, 3, 4].map((t) => job.candidates(a!.reach, t as 1))).toEqual([[0], [1], [], []]);
    expect([1, 2, 3, 4].map((t) => job.candidates(b!.reach, t as 1))).toEqual([[], [1], [0], []]);
  });
});
