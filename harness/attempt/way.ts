import { modeOf, type AccessMode } from '../model/access.ts';
import type { Id } from '../model/facts.ts';
import type { Device, Night, Proxy } from '../model/night.ts';
import type { Use } from './flows.ts';
import type { Placed } from './limits.ts';
import type { Resources } from './resources.ts';

// The way of a stream: which resources it takes, and how much of each (night.md N2, N3). A stream that reads x MB/s at the
// device takes perMB * x of each. After the point of data reduction only 1 / dataReduction of the bytes travel.

interface Stream {
  readonly night: Night;
  readonly r: Resources;
  readonly proxy: Proxy;
  readonly device: Device;
  /** the VM server that a network read goes through */
  readonly via: Id | null;
}

type Way = Use[];
const add = (way: Way, resource: number, perMB: number): void => void way.push({ resource, perMB });

function addIfAny(way: Way, resource: number | null, perMB: number): void {
  if (resource !== null) add(way, resource, perMB);
}

/** The link between two sites, where they are two. */
function linkOf({ night, r }: Stream, from: Id, to: Id): number | null {
  const link = from === to ? null : night.link(from, to);
  return link === null ? null : r.link[link.id]!;
}

/** Through a VM server over the LAN; a NAS reaches that server over its uplink too. */
function throughServer(way: Way, s: Stream): void {
  const { r, proxy, device, night } = s;
  const via = s.via!;
  if (device.attachment.kind === 'nas') add(way, r.serverIn[via]!, 1);
  add(way, r.serverRead[via]!, 1);
  // a proxy on that very server would have the disks attached: local mode
  add(way, r.serverOut[via]!, 1);
  add(way, r.nicIn[proxy.id]!, 1);
  addIfAny(way, linkOf(s, night.servers[via]!.site, proxy.site), 1);
}

/** From the device to the proxy, by access mode. */
const addToProxy: Record<AccessMode, (way: Way, s: Stream) => void> = {
  san: (way, { r, proxy }) => add(way, r.hba[proxy.id]!, 1),
  local(way, { r, proxy, device }) {
    if (device.attachment.kind === 'nas') add(way, r.serverIn[proxy.server!]!, 1);
  },
  network: throughServer,
  complex: throughServer,
};

/**
 * @param deviceId that the stream reads now
 * @returns every resource on the way, with what 1 MB/s at the source takes of it
 */
export function wayOf(night: Night, r: Resources, { order, places }: Placed, deviceId: Id): Use[] {
  const proxy = night.proxies[order.proxy]!;
  const job = night.jobs[order.job]!;
  const device = night.devices[deviceId]!;
  const agent = night.agents[order.agent]!;
  const stream: Stream = { night, r, proxy, device, via: places.via };
  const incremental = job.kind === 'incremental';
  const kept = 1 / job.dataReduction;
  const fromProxy = job.reducedAt === 'proxy' ? kept : 1;
  const way: Way = [];
  add(way, r.device[deviceId]!, incremental ? 1 / device.incrementalReadEfficiency : 1);
  addToProxy[modeOf(order.tier)](way, stream);
  add(way, r.cpu[proxy.id]!, 1 / (incremental ? proxy.incrementalMBpsPerCore : proxy.fullMBpsPerCore));
  add(way, r.nicOut[proxy.id]!, fromProxy);
  addIfAny(way, linkOf(stream, proxy.site, agent.site), fromProxy);
  add(way, r.agent[agent.id]!, fromProxy);
  add(way, r.storage[agent.storage]!, kept);
  return way;
}
