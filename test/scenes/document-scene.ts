import { documentSchema, type Document, type DocumentInput } from '../../harness/model/document/document.ts';

// Small nights, written as a sketch: one site "here", one server "esx" that mounts every store, one media agent, one full
// job of 10 streams. Every stream moves 100 MB/s whatever its mode and nothing else is narrow, so that 1000 MB take 10 s.

type Part<K extends keyof DocumentInput> =
  NonNullable<DocumentInput[K]> extends readonly (infer T)[] ? T : never;

export interface VmSketch extends Partial<Omit<Part<'vms'>, 'disks'>> {
  readonly key: string;
  /** devices of its disks, one disk each; default: the first device */
  readonly on?: string | readonly string[];
  /** of each disk; default 1000 */
  readonly MB?: number | readonly number[];
  /** instead of the two above */
  readonly disks?: Part<'vms'>['disks'];
}

export interface ProxySketch extends Partial<Part<'proxies'>> {
  readonly id: string;
  /** devices that it reaches by SAN; default: all; none: over the network, or locally where it has a server */
  readonly san?: readonly string[];
  /** default 4 */
  readonly maxStreams?: number;
}

export interface Scene {
  readonly name?: string;
  /** each is a SAN array in a zone of its name, with one store of its name */
  readonly devices?: readonly string[];
  /** stores beside those of the same name as their device */
  readonly stores?: readonly Part<'stores'>[];
  readonly servers?: readonly (Partial<Part<'servers'>> & { id: string })[];
  readonly vms: readonly VmSketch[];
  readonly proxies: readonly ProxySketch[];
  readonly agents?: readonly (Partial<Part<'agents'>> & { id: string })[];
  readonly jobs?: readonly (Partial<Part<'jobs'>> & { id: string })[];
  readonly sites?: readonly string[];
  readonly links?: DocumentInput['links'];
  readonly faults?: DocumentInput['faults'];
  readonly roles?: DocumentInput['roles'];
}

const plenty = 1e6;

export function documentScene(scene: Scene): Document {
  const devices = scene.devices ?? ['disk'];
  const stores = [
    ...devices.map((id) => ({ id, device: id, maxOpenSnapshots: null })),
    ...(scene.stores ?? []).map((s) => ({ maxOpenSnapshots: null, ...s })),
  ];
  const server = {
    site: 'here',
    uplinkMBps: plenty,
    networkReadMBps: plenty,
    networkConnections: null,
    stores: stores.map((s) => s.id),
  };
  return documentSchema.parse({
    proxybench: 1,
    name: scene.name ?? 'scene',
    sites: [{ id: 'here' }, ...(scene.sites ?? []).map((id) => ({ id }))],
    links: scene.links ?? [],
    devices: devices.map((id) => ({
      id,
      media: 'flash',
      readMBps: plenty,
      attachment: { kind: 'san', site: 'here', zones: [id] },
    })),
    stores,
    servers: (scene.servers ?? [{ id: 'esx' }]).map((s) => ({ ...server, ...s })),
    vms: scene.vms.map((v) => vmOf(v, devices[0]!)),
    proxies: scene.proxies.map((p) => proxyOf(p, devices)),
    agents: (scene.agents ?? [{ id: 'agent' }]).map((a) => ({
      site: 'here',
      nicMBps: plenty,
      storage: 'vault',
      ...a,
    })),
    secondaryStorage: [{ id: 'vault', writeMBps: plenty }],
    policies: [{ id: 'policy', agents: (scene.agents ?? [{ id: 'agent' }]).map((a) => a.id) }],
    jobs: (scene.jobs ?? [{ id: 'job' }]).map((j) => ({ policy: 'policy', streams: 10, ...j })),
    streamCaps: { sanMBps: 100, localMBps: 100, networkMBps: 100, complexMBps: 100 },
    overheads: {
      snapshotCreateS: 0,
      snapshotRemoveS: 0,
      attachS: 0,
      detachS: 0,
      connectS: 0,
      disconnectS: 0,
      cleanUpS: 0,
    },
    roles: { detectS: 0, takeoverS: 0, ...scene.roles },
    ...(scene.faults === undefined ? {} : { faults: scene.faults }),
  } satisfies DocumentInput);
}

function vmOf({ on, MB, ...vm }: VmSketch, firstDevice: string): Part<'vms'> {
  const stores = on === undefined ? [firstDevice] : typeof on === 'string' ? [on] : on;
  const sizeMB = (k: number) => (typeof MB === 'object' ? MB[k]! : (MB ?? 1000));
  return {
    server: 'esx',
    writeMBps: 0,
    disks: stores.map((store, k) => ({ store, allocatedMB: sizeMB(k), usedMB: sizeMB(k) })),
    ...vm,
  };
}

function proxyOf({ san, ...proxy }: ProxySketch, devices: readonly string[]): Part<'proxies'> {
  return {
    ...(proxy.server === undefined ? { site: 'here', nicMBps: plenty } : {}),
    cpus: 64,
    ramMB: 256_000,
    hbaMBps: plenty,
    fullMBpsPerCore: plenty,
    incrementalMBpsPerCore: plenty,
    maxStreams: 4,
    sanZones: [...(san ?? devices)],
    ...proxy,
  };
}
