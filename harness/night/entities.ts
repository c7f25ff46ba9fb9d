import type { Document } from '../model/document/document.ts';
import { proxyRates } from '../model/document/compute.ts';
import { mediaDefaults } from '../model/document/storage.ts';
import type {
  Agent,
  Device,
  Link,
  ManagementServer,
  Proxy,
  SecondaryStorage,
  Server,
  Store,
} from '../model/night.ts';
import type { NameIndex } from './index-names.ts';
import { comfortableStreams, streamLimit } from './stream-limit.ts';

// The standing parts of a cluster, as dense ids. Objects are frozen: strategies are shown the facts in them.

const hours = (value: number | readonly number[]): readonly number[] =>
  Object.freeze(typeof value === 'number' ? Array.from({ length: 24 }, () => value) : [...value]);

/** @param loadFactor what the night seed makes of the production load of a device, by its name */
export function devicesOf(
  document: Document,
  index: NameIndex,
  loadFactor: (name: string) => number,
): Device[] {
  return document.devices.map((d, id) => {
    const at = d.attachment;
    const medium = mediaDefaults[d.media];
    const factor = loadFactor(d.id);
    return Object.freeze({
      id,
      name: d.id,
      site:
        at.kind === 'internal'
          ? index.site(document.servers[index.server(at.server)]!.site)
          : index.site(at.site),
      media: d.media,
      readMBps: d.readMBps ?? medium.readMBps,
      lossPerStream: d.lossPerStream ?? medium.lossPerStream,
      efficiencyFloor: d.efficiencyFloor ?? medium.efficiencyFloor,
      latencyMs: d.latencyMs ?? medium.latencyMs,
      latencyMsPerIo: d.latencyMsPerIo ?? medium.latencyMsPerIo,
      incrementalReadEfficiency: d.incrementalReadEfficiency ?? medium.incrementalReadEfficiency,
      attachment: Object.freeze(
        at.kind === 'internal'
          ? { kind: at.kind, server: index.server(at.server) }
          : at.kind === 'san'
            ? { kind: at.kind, zones: Object.freeze([...at.zones]) }
            : { kind: at.kind },
      ),
      productionMBps: Object.freeze(hours(d.production.MBps).map((x) => x * factor)),
      outstandingIo: Object.freeze(hours(d.production.outstandingIo).map((x) => x * factor)),
    });
  });
}

export const storesOf = (document: Document, index: NameIndex): Store[] =>
  document.stores.map((s, id) =>
    Object.freeze({
      id,
      name: s.id,
      device: index.device(s.device),
      freeMB: s.freeMB ?? null,
      maxOpenSnapshots: s.maxOpenSnapshots,
    }),
  );

export const serversOf = (document: Document, index: NameIndex): Server[] =>
  document.servers.map((s, id) =>
    Object.freeze({
      id,
      name: s.id,
      site: index.site(s.site),
      cluster: s.cluster ?? null,
      hypervisor: s.hypervisor,
      networkConnections: s.networkConnections,
      uplinkMBps: s.uplinkMBps,
      networkReadMBps: s.networkReadMBps,
      managementServer: s.managementServer === undefined ? null : index.managementServer(s.managementServer),
      stores: Object.freeze(s.stores.map(index.store).toSorted((a, b) => a - b)),
    }),
  );

export function proxiesOf(document: Document, index: NameIndex, servers: readonly Server[]): Proxy[] {
  return document.proxies.map((p, id) => {
    const server = p.server === undefined ? null : index.server(p.server);
    const rates = proxyRates[server === null ? 'physical' : 'virtual'];
    const fullMBpsPerCore = p.fullMBpsPerCore ?? rates.full;
    const incrementalMBpsPerCore = p.incrementalMBpsPerCore ?? rates.incremental;
    return Object.freeze({
      id,
      name: p.id,
      server,
      site: server === null ? index.site(p.site!) : servers[server]!.site,
      cpus: p.cpus,
      ramMB: p.ramMB,
      fullMBps: p.cpus * fullMBpsPerCore,
      incrementalMBps: p.cpus * incrementalMBpsPerCore,
      comfortableStreams: comfortableStreams(p),
      maxStreams: p.maxStreams ?? null,
      limit: p.maxStreams ?? streamLimit(p.cpus, p.ramMB),
      bootS: p.dormant ? p.bootS : null,
      candidate: p.installed && p.active,
      hypervisors: Object.freeze([...p.hypervisors]),
      sanZones: Object.freeze([...p.sanZones]),
      nicMBps: server === null ? (p.nicMBps ?? 1250) : null,
      hbaMBps: p.hbaMBps,
      fullMBpsPerCore,
      incrementalMBpsPerCore,
      overloadFloor: p.overloadFloor,
      hotAddReconfigurations: p.hotAddReconfigurations,
      hotAddDisks: p.hotAddDisks,
    });
  });
}

export const agentsOf = (document: Document, index: NameIndex): Agent[] =>
  document.agents.map((a, id) =>
    Object.freeze({ ...a, id, name: a.id, site: index.site(a.site), storage: index.storage(a.storage) }),
  );

export const secondaryStorageOf = (document: Document): SecondaryStorage[] =>
  document.secondaryStorage.map((s, id) => Object.freeze({ ...s, id, name: s.id }));

export const managementServersOf = (document: Document): ManagementServer[] =>
  document.managementServers.map((m, id) => Object.freeze({ ...m, id, name: m.id }));

/** Both directions of every link, one after the other. */
export const linksOf = (document: Document, index: NameIndex): Link[] =>
  document.links
    .flatMap(({ between: [a, b], MBps }) => [
      { from: index.site(a), to: index.site(b), MBps },
      { from: index.site(b), to: index.site(a), MBps },
    ])
    .map((link, id) => Object.freeze({ id, ...link }));
