import type { DocumentInput } from '../model/document/document.ts';
import type { Media } from '../model/document/storage.ts';
import type { Hall, Pool } from './family.ts';
import type { HallPlan } from './halls.ts';
import { meanUsedMB } from './sizes.ts';

// Devices and data stores of a hall. Source of the sizing rules: domain.md section 7.

export const vmsPerStore = 20;
/** VMs of a store lie by this around the mean: with the sizes of VMs, bytes per store come out at a CV of 0.6. */
const storeSpread = 0.6;

type Device = DocumentInput['devices'][number];
type Store = DocumentInput['stores'][number];

export interface BuiltStore {
  readonly store: Store;
  /** how likely a VM of a server that mounts it lies on it */
  readonly weight: number;
  readonly mountedBy: { readonly cluster: number } | { readonly server: number };
}

export interface BuiltPool {
  readonly id: string;
  readonly devices: readonly Device[];
  readonly stores: readonly BuiltStore[];
}

export const buildPools = (hall: Hall, plan: HallPlan): BuiltPool[] =>
  hall.pools.map((pool) => {
    const devices = devicesOf(pool, plan);
    const stores =
      pool.attachment === 'internal' ? internalStores(devices, plan) : sharedStores(pool, devices, plan);
    return { id: pool.id, devices, stores };
  });

function devicesOf(pool: Pool, plan: HallPlan): Device[] {
  const vms = plan.vms * pool.vmShare;
  const count =
    pool.attachment === 'internal'
      ? plan.serverCount
      : Math.ceil(vms / (pool.vmsPerDevice ?? Number.POSITIVE_INFINITY)) || 1;
  const neededMBps = ((vms / count) * meanUsedMB) / (pool.readHours * 3600);
  const readMBps = Math.max(slowestMBps[pool.media], 50 * Math.ceil(neededMBps / 50));
  const [nightMBps, dayMBps] = [Math.round(readMBps * 0.05), Math.round(readMBps * 0.2)];
  return Array.from({ length: count }, (_, n) => ({
    id: `${plan.name}-${pool.id}-${n + 1}`,
    media: pool.media,
    attachment: attachmentOf(pool, plan, n),
    readMBps,
    production: { MBps: byHour(nightMBps, dayMBps), outstandingIo: byHour(6, 20) },
  }));
}

/** Below this no array is sold [P]. */
const slowestMBps: Record<Media, number> = { hdd: 200, hybrid: 300, flash: 500 };

const byHour = (night: number, day: number) =>
  Array.from({ length: 24 }, (_, hour) => (hour >= 7 && hour < 20 ? day : night));

function attachmentOf({ attachment, isUnzoned }: Pool, plan: HallPlan, n: number): Device['attachment'] {
  if (attachment === 'internal') return { kind: 'internal', server: plan.serverName(n) };
  if (attachment === 'nas') return { kind: 'nas', site: plan.site };
  return {
    kind: 'san',
    site: plan.site,
    zones: [isUnzoned === true ? `${plan.site}-hosts` : zoneOf(plan.site)],
  };
}

/** What proxies of a site are zoned to. */
export const zoneOf = (site: string): string => `${site}-fabric`;

const internalStores = (devices: readonly Device[], plan: HallPlan): BuiltStore[] =>
  devices.map((device, server) => ({
    store: { id: `${plan.serverName(server)}-disks`, device: device.id, maxOpenSnapshots: null },
    weight: 1,
    mountedBy: { server },
  }));

/** Every cluster has stores of its own on every pool. */
function sharedStores(pool: Pool, devices: readonly Device[], plan: HallPlan): BuiltStore[] {
  const perCluster = plan.vms / plan.clusterCount / vmsPerStore;
  const count = Math.max(1, Math.round(perCluster * (pool.storeShare ?? pool.vmShare)));
  return Array.from({ length: count * plan.clusterCount }, (_, n) => {
    const id = `${plan.name}-${pool.id}-lun-${n + 1}`;
    const spread = 1 - storeSpread + 2 * storeSpread * plan.draws.uniform('stores', 'weight', id);
    return {
      store: { id, device: devices[n % devices.length]!.id },
      weight: (pool.vmShare / count) * spread,
      mountedBy: { cluster: Math.floor(n / count) },
    };
  });
}
