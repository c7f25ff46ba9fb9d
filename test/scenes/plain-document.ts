import type { Document, DocumentInput } from '../../harness/model/document/document.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';

// A document in which nothing is narrow and nothing takes time but what a test says: one site, one device "disk" with one
// store "ds", one server "esx", one physical proxy "p" on its SAN, one agent, one full job of 100 streams from 22:00.

export type Part<K extends keyof DocumentInput> =
  NonNullable<DocumentInput[K]> extends readonly (infer T)[] ? T : NonNullable<DocumentInput[K]>;

export const plenty = 1e6;

export const plainDevice = (id: string, more: Partial<Part<'devices'>> = {}): Part<'devices'> => ({
  id,
  media: 'flash',
  readMBps: plenty,
  attachment: { kind: 'san', site: 'here', zones: [`zone-${id}`] },
  ...more,
});

export const plainStore = (id: string, device: string, maxOpenSnapshots: number | null = null) => ({
  id,
  device,
  maxOpenSnapshots,
});

export const plainServer = (
  id: string,
  stores: string[],
  more: Partial<Part<'servers'>> = {},
): Part<'servers'> => ({
  id,
  site: 'here',
  uplinkMBps: plenty,
  networkReadMBps: plenty,
  networkConnections: null,
  stores,
  ...more,
});

/** Physical, unless a server is given. */
export const plainProxy = (id: string, more: Partial<Part<'proxies'>> = {}): Part<'proxies'> => ({
  id,
  ...(more.server === undefined ? { site: 'here', nicMBps: plenty } : {}),
  cpus: 16,
  ramMB: 64_000,
  hbaMBps: plenty,
  fullMBpsPerCore: plenty,
  incrementalMBpsPerCore: plenty,
  ...more,
});

export const plainVm = (
  key: string,
  disks: readonly (readonly [store: string, usedMB: number])[],
  more: Partial<Part<'vms'>> = {},
): Part<'vms'> => ({
  key,
  server: 'esx',
  writeMBps: 0,
  disks: disks.map(([store, usedMB]) => ({ store, allocatedMB: usedMB, usedMB })),
  ...more,
});

export const plainAgent = (id: string, more: Partial<Part<'agents'>> = {}): Part<'agents'> => ({
  id,
  site: 'here',
  nicMBps: plenty,
  maxStreams: 1000,
  storage: 'vault',
  ...more,
});

export const noOverheads = {
  snapshotCreateS: 0,
  snapshotRemoveS: 0,
  snapshotCommitMBps: 60,
  attachS: 0,
  detachS: 0,
  connectS: 0,
  disconnectS: 0,
  cleanUpS: 0,
};

export const plainParts: Omit<DocumentInput, 'vms'> = {
  proxybench: 1,
  name: 'plain',
  sites: [{ id: 'here' }],
  devices: [plainDevice('disk')],
  stores: [plainStore('ds', 'disk')],
  servers: [plainServer('esx', ['ds'])],
  proxies: [plainProxy('p', { sanZones: ['zone-disk'] })],
  agents: [plainAgent('agent')],
  secondaryStorage: [{ id: 'vault', writeMBps: plenty }],
  policies: [{ id: 'policy', agents: ['agent'], dataReduction: 1 }],
  jobs: [{ id: 'job', policy: 'policy', streams: 100 }],
  streamCaps: { sanMBps: 100, localMBps: 100, networkMBps: 100, complexMBps: 100 },
  overheads: noOverheads,
  roles: { detectS: 0, takeoverS: 0 },
};

/** @param parts instead of the plain ones; `overheads` are laid over the plain ones */
export const plainDocument = ({ overheads, ...parts }: Partial<DocumentInput>): Document =>
  acceptDocument(
    { ...plainParts, vms: [], ...parts, overheads: { ...noOverheads, ...overheads } },
    parts.name ?? 'plain',
  );
