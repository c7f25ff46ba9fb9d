import type { DocumentInput } from '../model/document/document.ts';
import type { Draws } from './draws.ts';
import type { Ask, Proxy, Sketch } from './family.ts';
import { buildHall, type BuiltHall } from './halls.ts';
import { buildProxies, comfortableStreams } from './proxies.ts';

/** One backup server for 5,000 VMs (domain.md 1.5): above that an estate is several pods, each a site or sites of its own. */
export const vmsPerPod = 5000;
const vmsPerManager = 800;
/** A media agent moves 2,500 MB/s, reduced 2:1, and so carries 350 VMs in half a window. */
const vmsPerAgent = 350;

export interface BuiltPod {
  readonly sites: readonly string[];
  readonly links: NonNullable<DocumentInput['links']>;
  readonly managers: readonly string[];
  readonly halls: readonly BuiltHall[];
  /** by group */
  readonly proxies: ReadonlyMap<string, readonly Proxy[]>;
  readonly agents: readonly { readonly id: string; readonly site: string }[];
  /** that its proxies carry comfortably */
  readonly streams: number;
}

export interface PodPlan {
  readonly ask: Ask;
  readonly sketch: Sketch;
  /** of the pod, expected */
  readonly vms: number;
  /** before every name; empty where there is one pod */
  readonly prefix: string;
  readonly draws: Draws;
  readonly hasMaxStreams: boolean;
}

export function buildPod(plan: PodPlan): BuiltPod {
  const { sketch, prefix, vms } = plan;
  const sites = (sketch.sites ?? ['main']).map((site) => `${prefix}${site}`);
  const managers = numbered(`${prefix}vcenter`, Math.ceil(vms / (sketch.vmsPerManager ?? vmsPerManager)));
  const halls = sketch.halls.map((hall) =>
    buildHall(hall, {
      ...plan,
      vms: vms * hall.share,
      site: hall.site === undefined ? sites[0]! : `${prefix}${hall.site}`,
      managerOf: (share) => managers[Math.floor(share * managers.length)]!,
    }),
  );
  const least = sketch.proxies.length === 1 ? 2 : 1;
  const proxies = new Map(
    sketch.proxies.map((group) => [group.id, buildProxies(group, { ...plan, halls, least })]),
  );
  return {
    sites,
    links: (sketch.links ?? []).map(({ between: [a, b], MBpsPerVm }) => ({
      between: [`${prefix}${a}`, `${prefix}${b}`],
      MBps: Math.max(50, 10 * Math.ceil((MBpsPerVm * vms) / 10)),
    })),
    managers,
    halls,
    proxies,
    agents: numbered(`${prefix}agent`, Math.ceil(vms / vmsPerAgent)).map((id) => ({ id, site: sites[0]! })),
    streams: [...proxies.values()].flat().reduce((sum, p) => sum + comfortableStreams(p.cpus, p.ramMB), 0),
  };
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${name}-${n + 1}`);
