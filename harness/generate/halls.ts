import type { Draws } from './draws.ts';
import type { Hall, Server } from './family.ts';
import { buildPools, type BuiltPool } from './storage.ts';

// Servers and clusters of a hall. Source of the sizing rules: domain.md section 7.

export const vmsPerServer = 20;
export const serversPerCluster = 16;

export interface HallSite {
  /** before every name; empty where there is one pod */
  readonly prefix: string;
  readonly site: string;
  /** of the hall, expected */
  readonly vms: number;
  readonly draws: Draws;
  readonly managerOf: (share: number) => string;
}

export interface HallPlan extends HallSite {
  readonly name: string;
  readonly serverCount: number;
  readonly clusterCount: number;
  readonly serverName: (place: number) => string;
}

export interface BuiltHall {
  readonly id: string;
  readonly site: string;
  /** of the VMs of the pod */
  readonly share: number;
  readonly pools: readonly BuiltPool[];
  readonly servers: readonly Server[];
  readonly clusters: readonly string[];
  /** by server, along its list of stores: how likely a VM of it lies there */
  readonly weights: readonly (readonly number[])[];
}

export function buildHall(hall: Hall, at: HallSite): BuiltHall {
  const name = `${at.prefix}${hall.id}`;
  const serverCount = Math.max(2, Math.ceil(at.vms / vmsPerServer));
  const clusterCount = Math.ceil(serverCount / serversPerCluster);
  const serverName = (place: number) => `${name}-esx-${place + 1}`;
  const pools = buildPools(hall, { ...at, name, serverCount, clusterCount, serverName });
  const clusters = Array.from({ length: clusterCount }, (_, c) => `${name}-cluster-${c + 1}`);
  const stores = pools.flatMap((pool) => pool.stores);
  const ofCluster = clusters.map((_, c) =>
    stores.filter(({ mountedBy }) => 'cluster' in mountedBy && mountedBy.cluster === c),
  );
  const ofServer = new Map(
    stores.flatMap((s) => ('server' in s.mountedBy ? [[s.mountedBy.server, s] as const] : [])),
  );
  const places = Array.from({ length: serverCount }, (_, place) => {
    const cluster = Math.floor((place * clusterCount) / serverCount);
    const own = ofServer.get(place);
    return { place, cluster, mounted: [...ofCluster[cluster]!, ...(own === undefined ? [] : [own])] };
  });
  return {
    id: hall.id,
    site: at.site,
    share: hall.share,
    pools,
    clusters,
    servers: places.map(({ place, cluster, mounted }) => ({
      id: serverName(place),
      site: at.site,
      cluster: clusters[cluster]!,
      managementServer: at.managerOf(place / serverCount),
      ...hall.server,
      stores: mounted.map((s) => s.store.id),
    })),
    weights: places.map(({ mounted }) => mounted.map((s) => s.weight)),
  };
}
