import type { Draws } from './draws.ts';
import type { Proxy, ProxyGroup } from './family.ts';
import type { BuiltHall } from './halls.ts';
import { zoneOf } from './storage.ts';

/** An 8-core proxy for 200 VMs (domain.md section 7). */
export const vmsPerCore = 25;

export interface ProxySite {
  readonly prefix: string;
  readonly halls: readonly BuiltHall[];
  /** of the pod */
  readonly vms: number;
  readonly draws: Draws;
  /** proxies of a group: there is something to choose between in the smallest estate */
  readonly least: number;
  /** every proxy carries a limit that an administrator has set (night.md N5) */
  readonly hasMaxStreams: boolean;
}

export function buildProxies(group: ProxyGroup, at: ProxySite): Proxy[] {
  const hall = at.halls.find(({ id }) => id === group.hall)!;
  const sizes = [...cpusOf(group, hall, at)];
  return sizes.map((cpus, n) => {
    const ramMB = cpus * 2048;
    return {
      id: `${at.prefix}${group.id}-${n + 1}`,
      ...(group.is === 'virtual'
        ? { server: hall.servers[serverPlace(n, sizes.length, hall)]!.id }
        : { site: hall.site, nicMBps: 2500, hbaMBps: 3200 }),
      cpus,
      ramMB,
      ...(group.san === true ? { sanZones: [zoneOf(hall.site)] } : {}),
      ...(at.hasMaxStreams ? { maxStreams: comfortableStreams(cpus, ramMB) } : {}),
      ...group.fields,
    };
  });
}

/** Evenly over the servers of the hall, so that each cluster has its share. */
const serverPlace = (n: number, count: number, { servers }: BuiltHall): number =>
  Math.floor(((n + 0.5) * servers.length) / count) % servers.length;

/** Until the group has its share of cores. */
function* cpusOf(
  group: ProxyGroup,
  hall: BuiltHall,
  { prefix, vms, draws, least }: ProxySite,
): Generator<number> {
  const { size, cpus } = group;
  const drawn = (n: number) =>
    cpus[Math.floor(cpus.length * draws.uniform('proxies', 'cpus', `${prefix}${group.id}-${n}`))]!;
  if (size === 'each-server') {
    for (const n of hall.servers.keys()) yield drawn(n);
    return;
  }
  let cores = (vms / vmsPerCore) * size.coreShare;
  for (let n = 0; n < least || cores >= Math.min(...cpus) / 2; n++) {
    const next = drawn(n);
    yield next;
    cores -= next;
  }
}

/** 2 a core, but no more than one per GB of RAM (domain.md 1.1). */
export const comfortableStreams = (cpus: number, ramMB: number): number =>
  Math.max(1, Math.min(2 * cpus, Math.floor(ramMB / 1000)));
