import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { endsByKey, playNight, type Play } from '../scenes/plain-deciders.ts';
import {
  plainAgent,
  plainDevice,
  plainDocument,
  plainProxy,
  plainServer,
  plainStore,
  plainVm,
} from '../scenes/plain-document.ts';

const endsOf = (parts: Partial<DocumentInput>, play?: Play) =>
  endsByKey(playNight(plainDocument(parts), play));

const nas = plainDevice('disk', { attachment: { kind: 'nas', site: 'here' } });
const a = plainVm('a', [['ds', 3000]]);
const b = plainVm('b', [['ds', 3000]]);
const sanProxy = (more = {}) => plainProxy('p', { sanZones: ['zone-disk'], ...more });
const lanProxy = (more = {}) => plainProxy('p', more);
const there = [{ id: 'here' }, { id: 'there' }];
const link = (MBps: number) => [{ between: ['here', 'there'] as [string, string], MBps }];
/** so that hardly anything leaves the proxy */
const reduced = [{ id: 'policy', agents: ['agent'], dataReduction: 100 }];

describe('the way of a stream (N2)', () => {
  // one VM of 3000 MB, at most 100 MB/s: 30 s where nothing is narrow
  it.each<[string, Partial<DocumentInput>, number]>([
    ['takes nothing that is not on it', { proxies: [sanProxy()] }, 30],
    ['takes the HBA of the proxy in SAN mode', { proxies: [sanProxy({ hbaMBps: 40 })] }, 75],
    ['takes no HBA over the network', { proxies: [lanProxy({ hbaMBps: 40 })] }, 30],
    [
      'takes no server in SAN mode',
      { proxies: [sanProxy()], servers: [plainServer('esx', ['ds'], { networkReadMBps: 1, uplinkMBps: 1 })] },
      30,
    ],
    [
      'takes network reads of the server over the network',
      { proxies: [lanProxy()], servers: [plainServer('esx', ['ds'], { networkReadMBps: 40 })] },
      75,
    ],
    [
      'takes the uplink of the server over the network',
      { proxies: [lanProxy()], servers: [plainServer('esx', ['ds'], { uplinkMBps: 40 })] },
      75,
    ],
    [
      'takes the link from server to proxy, unreduced',
      {
        sites: there,
        links: link(40),
        policies: reduced,
        proxies: [lanProxy({ site: 'there' })],
        agents: [plainAgent('agent', { site: 'there' })],
      },
      75,
    ],
    [
      'takes the link from proxy to agent, reduced',
      {
        sites: there,
        links: link(40),
        policies: [{ id: 'policy', agents: ['agent'], dataReduction: 2 }],
        agents: [plainAgent('agent', { site: 'there' })],
      },
      37.5,
    ],
    [
      'takes the uplink of a virtual proxy twice: in unreduced, out reduced',
      {
        servers: [plainServer('esx', ['ds']), plainServer('esx-2', [], { uplinkMBps: 40 })],
        policies: reduced,
        proxies: [lanProxy({ server: 'esx-2' })],
      },
      75,
    ],
    [
      'takes the CPU of the proxy by the kind of its job',
      { proxies: [sanProxy({ cpus: 2, fullMBpsPerCore: 20, incrementalMBpsPerCore: 1 })] },
      75,
    ],
    [
      'takes the agent before it reduces',
      {
        policies: [{ id: 'policy', agents: ['agent'], dataReduction: 4, reducedAt: 'agent' }],
        agents: [plainAgent('agent', { nicMBps: 40 })],
        secondaryStorage: [{ id: 'vault', writeMBps: 25 }],
      },
      75,
    ],
  ])('%s', (_, parts, endS) => {
    expect(endsOf({ vms: [a], ...parts })['a']).toBeCloseTo(endS, 9);
  });

  it('comes in from a NAS over the uplink of the server that it goes through, beside what is attached there', () => {
    // a goes through esx to p, b is attached to q on esx: both come in over the same 60 MB/s, and only a goes out over it
    const ends = endsOf({
      devices: [nas],
      servers: [plainServer('esx', ['ds'], { uplinkMBps: 60 })],
      policies: reduced,
      proxies: [lanProxy(), plainProxy('q', { server: 'esx' })],
      vms: [a, b],
    });
    expect(ends).toEqual({ a: 100, b: 100 });
  });

  it('finds agents and storage that lose efficiency under many writers', () => {
    const two = (parts: Partial<DocumentInput>) => endsOf({ vms: [a, b], ...parts })['a'];
    // 120 / (1 + 1) = 60 for two
    expect(
      two({ agents: [plainAgent('agent', { nicMBps: 120, lossPerStream: 1, efficiencyFloor: 0.1 })] }),
    ).toBe(100);
    expect(
      two({ secondaryStorage: [{ id: 'vault', writeMBps: 120, lossPerStream: 1, efficiencyFloor: 0.1 }] }),
    ).toBe(100);
  });
});

describe('a slowdown', () => {
  // everything gives 100 MB/s to the only stream, and half of it in the first minute
  const slow = (what: object) => ({
    faults: { slowdowns: [{ ...what, from: '22:00', to: '22:01', factor: 0.5 }] },
  });
  it.each<[string, Partial<DocumentInput>]>([
    ['device', { devices: [plainDevice('disk', { readMBps: 100 })], ...slow({ device: 'disk' }) }],
    ['device of a store', { devices: [plainDevice('disk', { readMBps: 100 })], ...slow({ store: 'ds' }) }],
    [
      'uplink of a server',
      {
        servers: [plainServer('esx', ['ds'], { uplinkMBps: 100 })],
        proxies: [lanProxy()],
        ...slow({ server: 'esx' }),
      },
    ],
    [
      'network reads of a server',
      {
        servers: [plainServer('esx', ['ds'], { networkReadMBps: 100 })],
        proxies: [lanProxy()],
        ...slow({ server: 'esx' }),
      },
    ],
    ['card of a proxy', { proxies: [lanProxy({ nicMBps: 100 })], ...slow({ proxy: 'p' }) }],
    ['HBA of a proxy', { proxies: [sanProxy({ hbaMBps: 100 })], ...slow({ proxy: 'p' }) }],
    ['CPU of a proxy', { proxies: [sanProxy({ cpus: 1, fullMBpsPerCore: 100 })], ...slow({ proxy: 'p' }) }],
    ['agent', { agents: [plainAgent('agent', { nicMBps: 100 })], ...slow({ agent: 'agent' }) }],
  ])('slows the %s', (_, parts) => {
    expect(endsOf({ vms: [plainVm('a', [['ds', 6000]])], ...parts })).toEqual({ a: 90 });
  });

  it('that was over before the first job slows nothing', () => {
    const faults = { slowdowns: [{ device: 'disk', from: '21:00', to: '21:30', factor: 0 }] };
    expect(endsOf({ vms: [a], faults })).toEqual({ a: 30 });
  });
});

describe('outages that overlap', () => {
  it('last from the first to the last of them', () => {
    const outages = [
      { device: 'disk', from: '22:01', to: '22:04' },
      { device: 'disk', from: '22:02', to: '22:03' },
    ];
    const record = playNight(
      plainDocument({
        devices: [plainDevice('disk'), plainDevice('other')],
        stores: [plainStore('ds', 'disk'), plainStore('ds-2', 'other')],
        servers: [plainServer('esx', ['ds', 'ds-2'])],
        vms: [plainVm('a', [['ds', 12_000]]), plainVm('b', [['ds-2', 20_000]])],
        faults: { outages, failAtOnceS: 40 },
      }),
      { plain: { retries: true } },
    );
    // lost at 60, then tried every 40 s until 240
    expect(record.attempts.filter((x) => x.vm === 0).map((x) => [x.startS, x.endS, x.cause])).toEqual([
      [0, 60, 'device-lost'],
      [60, 100, 'device-lost'],
      [100, 140, 'device-lost'],
      [140, 180, 'device-lost'],
      [180, 220, 'device-lost'],
      [220, 260, 'device-lost'],
      [260, 380, 'finished'],
    ]);
  });
});

describe('disks of a VM as units of their own', () => {
  const disks: [string, number][] = [
    ['ds', 1000],
    ['ds', 2000],
  ];
  const parts = {
    stores: [plainStore('ds', 'disk', 1)],
    overheads: { snapshotCreateS: 5, snapshotRemoveS: 10 },
  };

  it('share one snapshot: the first makes it, the last removes it, and its slot goes from one to the other', () => {
    // a#0 5-15, a#1 5-25 and removes until 35; b has the only slot of the store from 35 on
    expect(
      endsOf(
        { ...parts, vms: [plainVm('a', disks), plainVm('b', [['ds', 1000]])] },
        { plain: { workUnit: 'disk' } },
      ),
    ).toEqual({ 'a#0': 15, 'a#1': 35, 'b#0': 60 });
  });
});

describe('counted limits of two disks', () => {
  const two: [string, number][] = [
    ['ds', 1000],
    ['ds', 1000],
  ];
  const vms = [plainVm('a', two), plainVm('b', [['ds', 1000]])];
  const jobs = [{ id: 'job', policy: 'policy', streams: 10, streamsPerVm: 2 }];

  it('are two connections in two streams, at the server and at its management server', () => {
    const lan = { vms, jobs, proxies: [lanProxy()] };
    const bears = (networkConnections: number) =>
      endsOf({ ...lan, servers: [plainServer('esx', ['ds'], { networkConnections })] });
    expect(bears(2)).toEqual({ a: 10, b: 20 });
    expect(bears(3)).toEqual({ a: 10, b: 10 });
    const managed = (networkConnections: number) =>
      endsOf({
        ...lan,
        managementServers: [{ id: 'vc', networkConnections }],
        servers: [plainServer('esx', ['ds'], { managementServer: 'vc' })],
      });
    expect(managed(2)).toEqual({ a: 10, b: 20 });
    expect(managed(3)).toEqual({ a: 10, b: 10 });
  });

  it('are two attached disks, also in one stream', () => {
    const attaches = (hotAddDisks: number) =>
      endsOf({ vms, proxies: [plainProxy('p', { server: 'esx', hotAddDisks })] });
    expect(attaches(2)).toEqual({ a: 20, b: 30 });
    expect(attaches(3)).toEqual({ a: 20, b: 10 });
  });

  it('are operations of the control plane for each snapshot made and removed', () => {
    expect(
      endsOf({
        vms,
        managementServers: [{ id: 'vc', operations: 1 }],
        servers: [plainServer('esx', ['ds'], { managementServer: 'vc' })],
        overheads: { snapshotCreateS: 4 },
      }),
    ).toEqual({ a: 24, b: 18 });
  });
});
