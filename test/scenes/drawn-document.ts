import * as fc from 'fast-check';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import {
  plainAgent,
  plainDevice,
  plainParts,
  plainProxy,
  plainServer,
  plainStore,
} from './plain-document.ts';

// Small documents by chance: 2 sites, 1-3 devices, 2 servers, 1-4 proxies of every sort, 1-12 VMs, 1-2 jobs. Streams read about
// 100 MB/s and VMs hold up to 20 GB, so that nights take minutes and faults, which are written in minutes, meet them.

export interface DrawnParts {
  /** snapshots, attaching, boots, pend delays and what guests write */
  readonly overheads: boolean;
  /** drawn and written faults, outages, slowdowns, production by the hour */
  readonly faults: boolean;
  /** windows of minutes, terminating or not, and a most number of rounds */
  readonly windows: boolean;
}

/** The most there are of each; there are two VMs at least where there may be. */
export interface DrawnSizes {
  readonly devices: number;
  readonly proxies: number;
  readonly vms: number;
  readonly disks: number;
  readonly jobs: number;
}

const usual: DrawnSizes = { devices: 3, proxies: 4, vms: 12, disks: 3, jobs: 2 };

type Part<K extends keyof DocumentInput> =
  NonNullable<DocumentInput[K]> extends readonly (infer T)[] ? T : NonNullable<DocumentInput[K]>;

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const some = (list: readonly string[], minLength = 0) => fc.subarray([...list], { minLength });
const speed = fc.integer({ min: 50, max: 400 });
const site = pick('here', 'here', 'there');
const minute = fc.integer({ min: 0, max: 9 }).map((m) => `22:0${m}`);

const deviceOf = (id: string, { faults }: DrawnParts) =>
  fc
    .record({
      readMBps: speed,
      media: pick('hdd' as const, 'flash' as const),
      kind: pick('san', 'san', 'nas', 'internal'),
      production: faults
        ? fc.array(pick(0, 0, 0, 30, 1000), { minLength: 2, maxLength: 2 })
        : fc.constant([0, 0]),
      outstandingIo: pick(0, 8),
    })
    .map(({ kind, production, outstandingIo, ...device }): Part<'devices'> => ({
      ...plainDevice(id, device),
      production: {
        MBps: Array.from({ length: 24 }, (_, hour) => (hour < 22 ? 0 : production[hour - 22]!)),
        outstandingIo,
      },
      attachment:
        kind === 'san'
          ? { kind, site: 'here', zones: [`zone-${id}`] }
          : kind === 'nas'
            ? { kind, site: 'here' }
            : { kind: 'internal', server: 'esx1' },
    }));

const proxyOf = (id: string, devices: readonly string[], { overheads }: DrawnParts) =>
  fc
    .record({
      at: pick('esx1', 'esx2', 'here', 'there'),
      cpus: fc.integer({ min: 1, max: 3 }),
      fullMBpsPerCore: speed,
      incrementalMBpsPerCore: speed,
      nicMBps: speed,
      sanZones: some(devices.map((d) => `zone-${d}`)),
      maxStreams: pick(1, 2, 3, undefined),
      hotAddDisks: pick(1, 2, 60),
      dormant: overheads ? fc.boolean() : fc.constant(false),
      hypervisors: pick(['vmware'], ['vmware'], ['vmware'], ['xen']),
    })
    .map(({ at, nicMBps, maxStreams, ...proxy }) =>
      plainProxy(id, {
        ...proxy,
        ramMB: 2000,
        bootS: 20,
        ...(maxStreams === undefined ? {} : { maxStreams }),
        ...(at.startsWith('esx') ? { server: at } : { site: at, nicMBps }),
      } as Partial<Part<'proxies'>>),
    );

const vmOf = (
  key: string,
  mounted: Readonly<Record<string, string[]>>,
  { overheads, disks }: DrawnParts & { disks: number },
) =>
  pick(...Object.keys(mounted).filter((s) => mounted[s]!.length > 0)).chain((server) =>
    fc.record({
      key: fc.constant(key),
      server: fc.constant(server),
      writeMBps: overheads ? pick(0, 3) : fc.constant(0),
      disks: fc.array(
        fc.record({
          store: pick(...mounted[server]!),
          usedMB: pick(0, 500, 1000, 3000, 20_000),
          allocatedMB: fc.constant(20_000),
          dailyChange: pick(0.1, 0.5),
        }),
        { minLength: 1, maxLength: disks },
      ),
    }),
  );

const spanOf = (devices: readonly string[], proxies: readonly string[], stores: readonly string[]) =>
  fc
    .record({
      of: fc.oneof(
        fc.record({ proxy: pick(...proxies) }),
        fc.record({ device: pick(...devices) }),
        fc.record({ store: pick(...stores) }),
        fc.record({ server: pick('esx1', 'esx2') }),
        fc.record({ agent: pick('agent1', 'agent2') }),
      ),
      from: minute,
      to: fc.option(
        minute.map((m) => m.replace('22:0', '22:1')),
        { nil: undefined },
      ),
    })
    .map(({ of, from, to }) => ({ ...of, from, ...(to === undefined ? {} : { to }) }));

const faultsOf = (
  vms: readonly string[],
  devices: readonly string[],
  proxies: readonly string[],
  stores: readonly string[],
) =>
  fc.record({
    rates: fc.record({
      attempt: pick(0, 0, 0.3),
      vmBroken: pick(0, 0, 0.1),
      vmProxyPath: pick(0, 0, 0, 0.2),
      proxyDevicePath: pick(0, 0, 0, 0.2),
      proxyBroken: pick(0, 0, 0, 0.2),
      serverHour: pick(0, 0, 0, 0.2),
    }),
    broken: fc.array(
      fc.record({
        vm: pick(...vms),
        cause: pick('snapshot' as const, 'quiesce' as const, 'network' as const, 'transport' as const),
        attempts: pick(1, 2, 100),
        atShare: pick(0, 0.3, 1),
      }),
      { maxLength: 3 },
    ),
    outages: fc.array(spanOf(devices, proxies, stores), { maxLength: 2 }),
    slowdowns: fc.array(
      fc
        .record({ span: spanOf(devices, proxies, stores), factor: pick(0, 0.5) })
        .map(({ span, factor }) => ({ ...span, factor })),
      { maxLength: 2 },
    ),
  });

const jobsOf = (vms: readonly string[], count: number, { overheads, windows }: DrawnParts) =>
  fc.tuple(
    ...names('job', count).map((id, k) =>
      fc
        .record({
          kind: pick('full' as const, 'full' as const, 'incremental' as const),
          streams: fc.integer({ min: 1, max: 6 }),
          streamsPerVm: fc.integer({ min: 1, max: 2 }),
          start: pick('22:00', '22:00', '22:02'),
          window: windows
            ? fc.record({
                hours: pick(0.05, 0.2, 1, 8),
                atEnd: pick('finish' as const, 'terminate' as const),
              })
            : fc.constant({ hours: 1000 }),
          maxRounds: windows ? pick(null, null, 1, 2) : fc.constant(null),
          pendDelayS: overheads ? pick(0, 30) : fc.constant(0),
        })
        .map((job) => ({
          id,
          policy: `policy${k + 1}`,
          select: { vms: vms.filter((_, v) => v % count === k) },
          ...job,
        })),
    ),
  );

const policy = fc.record({
  agents: pick(['agent1'], ['agent2'], ['agent1', 'agent2']),
  dataReduction: pick(1, 2),
  reducedAt: pick('proxy' as const, 'agent' as const),
});

export const drawnDocument = (parts: DrawnParts, most: DrawnSizes = usual): fc.Arbitrary<DocumentInput> =>
  fc
    .record({
      deviceCount: fc.integer({ min: 1, max: most.devices }),
      proxyCount: fc.integer({ min: 1, max: most.proxies }),
      vmCount: fc.integer({ min: Math.min(2, most.vms), max: most.vms }),
      jobCount: fc.integer({ min: 1, max: Math.min(most.jobs, most.vms) }),
    })
    .chain(({ deviceCount, ...counts }) =>
      fc
        .tuple(...names('d', deviceCount).map((id) => deviceOf(id, parts)))
        .chain((devices) => documentOn(devices, counts, { ...parts, disks: most.disks })),
    );

function documentOn(
  devices: Part<'devices'>[],
  { proxyCount, vmCount, jobCount }: { proxyCount: number; vmCount: number; jobCount: number },
  parts: DrawnParts & { disks: number },
): fc.Arbitrary<DocumentInput> {
  const deviceIds = devices.map((d) => d.id);
  const stores = [...deviceIds.map((id) => `ds-${id}`), 'ds-d1-b'];
  const isInside = (store: string) =>
    devices.find((d) => store.startsWith(`ds-${d.id}`))!.attachment.kind === 'internal';
  const mounted = { esx1: stores, esx2: stores.filter((s) => !isInside(s)) };
  const vms = names('v', vmCount);
  const proxies = names('p', proxyCount);
  const s = parts.overheads ? pick(0, 2, 5) : fc.constant(0);
  return fc.record({
    ...constants(plainParts),
    name: fc.constant('drawn'),
    sites: fc.constant([{ id: 'here' }, { id: 'there' }]),
    links: speed.map((MBps) => [{ between: ['here', 'there'] as [string, string], MBps }]),
    managementServers: fc
      .record({ networkConnections: pick(null, 1, 3), operations: pick(null, 1) })
      .map((m) => [{ id: 'vc', ...m }]),
    devices: fc.constant(devices),
    stores: fc.tuple(
      ...stores.map((id) => pick(null, 1, 2).map((most) => plainStore(id, id.slice(3, 5), most))),
    ),
    servers: fc.tuple(
      ...(['esx1', 'esx2'] as const).map((id) =>
        fc
          .record({
            site: id === 'esx1' ? fc.constant('here') : site,
            networkConnections: pick(null, 1, 2),
            uplinkMBps: speed,
            networkReadMBps: speed,
          })
          .map((server) => plainServer(id, mounted[id], { managementServer: 'vc', ...server })),
      ),
    ),
    vms: fc.tuple(...vms.map((key) => vmOf(key, mounted, parts))),
    proxies: fc.tuple(...proxies.map((id) => proxyOf(id, deviceIds, parts))),
    agents: fc.tuple(
      ...(['agent1', 'agent2'] as const).map((id) =>
        fc
          .record({ nicMBps: speed, maxStreams: fc.integer({ min: 1, max: 5 }) })
          .map((agent) => plainAgent(id, { site: id === 'agent1' ? 'here' : 'there', ...agent })),
      ),
    ),
    secondaryStorage: speed.map((writeMBps) => [{ id: 'vault', writeMBps, lossPerStream: 0.1 }]),
    policies: fc.tuple(
      ...names('policy', jobCount).map((id) => policy.map((p) => ({ id, ...p, agents: [...p.agents] }))),
    ),
    jobs: jobsOf(vms, jobCount, parts),
    overheads: fc.record({
      snapshotCreateS: s,
      snapshotRemoveS: s,
      snapshotCommitMBps: fc.constant(60),
      attachS: s,
      detachS: s,
      connectS: s,
      disconnectS: s,
      cleanUpS: s,
    }),
    roles: fc.record({ detectS: pick(0, 30, 90), takeoverS: pick(0, 45) }),
    faults: parts.faults ? faultsOf(vms, deviceIds, proxies, stores) : fc.constant({}),
  }) as unknown as fc.Arbitrary<DocumentInput>;
}

const constants = <T extends object>(of: T) =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, fc.constant(value as unknown)]));
