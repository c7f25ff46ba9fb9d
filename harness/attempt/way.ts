import { modeOf, type AccessMode } from '../model/access.ts';
import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Device, Job, Night, Proxy } from '../model/night.ts';
import type { Use } from './flows.ts';
import { viaOf } from './order-places.ts';
import type { Resources } from './resources.ts';

// The way of a stream: which resources it takes, and how much of each (night.md N2, N3). A stream that reads x MB/s at the
// device takes perMB * x of each. After the point of data reduction only 1 / dataReduction of the bytes travel.

interface Stream {
  readonly night: Night;
  readonly r: Resources;
  readonly proxy: Proxy;
  readonly device: Device;
  readonly job: Job;
  /** the VM server that a network read goes through */
  readonly via: Id | null;
}

const all = (...resources: number[]): Use[] => resources.map((resource) => ({ resource, perMB: 1 }));

/** The link between two sites, where they are two. */
function linkUse({ night, r }: Stream, from: Id, to: Id): number[] {
  const link = night.link(from, to);
  return link === null ? [] : [r.link[link.id]!];
}

/** Through a VM server over the LAN; a NAS reaches that server over its uplink too. */
function throughServer(s: Stream): Use[] {
  const { r, proxy, device, night } = s;
  const via = s.via!;
  const nasIn = device.attachment.kind === 'nas' ? [r.serverIn[via]!] : [];
  // a proxy on that very server would have the disks attached: local mode
  const across = [r.serverOut[via]!, r.nicIn[proxy.id]!, ...linkUse(s, night.servers[via]!.site, proxy.site)];
  return all(...nasIn, r.serverRead[via]!, ...across);
}

/** From the device to the proxy, by access mode. */
const toProxy: Record<AccessMode, (s: Stream) => Use[]> = {
  san: ({ r, proxy }) => all(r.hba[proxy.id]!),
  local: ({ r, proxy, device }) => (device.attachment.kind === 'nas' ? all(r.serverIn[proxy.server!]!) : []),
  network: throughServer,
  complex: throughServer,
};

/**
 * @param device that the stream reads now
 * @returns every resource on the way, with what 1 MB/s at the source takes of it
 */
export function wayOf(
  night: Night,
  r: Resources,
  { order, device: deviceId }: { order: Order; device: Id },
): Use[] {
  const proxy = night.proxies[order.proxy]!;
  const job = night.jobs[order.job]!;
  const device = night.devices[deviceId]!;
  const agent = night.agents[order.agent]!;
  const stream: Stream = {
    night,
    r,
    proxy,
    device,
    job,
    via: viaOf(night, order),
  };
  const incremental = job.kind === 'incremental';
  const kept = 1 / job.dataReduction;
  const fromProxy = job.reducedAt === 'proxy' ? kept : 1;
  return [
    { resource: r.device[deviceId]!, perMB: incremental ? 1 / device.incrementalReadEfficiency : 1 },
    ...toProxy[modeOf(order.tier)](stream),
    {
      resource: r.cpu[proxy.id]!,
      perMB: 1 / (incremental ? proxy.incrementalMBpsPerCore : proxy.fullMBpsPerCore),
    },
    ...[r.nicOut[proxy.id]!, ...linkUse(stream, proxy.site, agent.site), r.agent[agent.id]!].map(
      (resource) => ({ resource, perMB: fromProxy }),
    ),
    { resource: r.storage[agent.storage]!, perMB: kept },
  ];
}
