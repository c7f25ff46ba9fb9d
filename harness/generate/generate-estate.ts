import { hashParts } from '../kit/hash.ts';
import type { DocumentInput } from '../model/document/document.ts';
import { attributesOf } from './attributes.ts';
import { createDraws, type Draws } from './draws.ts';
import type { Ask, Family, Names, Sketch, Vm } from './family.ts';
import { defaultJobs, jobOf } from './jobs.ts';
import { placeOf } from './placement.ts';
import { buildPod, type BuiltPod, vmsPerPod } from './pods.ts';
import { disksOf } from './sizes.ts';

/** A document whose VMs are made when they are asked for, each time anew: a million need not be in memory. */
export interface Estate extends Omit<DocumentInput, 'vms'> {
  readonly vms: Iterable<Vm>;
}

export const largestGiB = 4096;

/** @returns the same for the same family and ask, VM by VM */
export function generateEstate(family: Family, ask: Ask): Estate {
  const draws = createDraws(ask.clusterSeed);
  const podCount = Math.ceil(ask.vms / vmsPerPod);
  const vms = ask.vms / podCount;
  const sketch = family.sketch({ vms, night: ask.night });
  const hasMaxStreams = givesMaxStreams(family, ask);
  const pods = Array.from({ length: podCount }, (_, p) =>
    buildPod({ ask, sketch, vms, prefix: podCount === 1 ? '' : `p${p + 1}-`, draws, hasMaxStreams }),
  );
  const limits = hasMaxStreams ? 'given by maxStreams' : 'by the rule of the method';
  return {
    proxybench: 1,
    name: estateName(family, ask),
    note: `${sketch.about}; cluster seed ${ask.clusterSeed}; stream limits of proxies ${limits}`,
    ...entitiesOf(pods),
    vms: { [Symbol.iterator]: () => vmsOf(draws, pods, { ask, sketch }) },
    ...nightOf(pods, ask, sketch),
  };
}

/** Without the seed: nights of one family and size are cases of one question. */
export const estateName = (family: Family, { vms, night }: Pick<Ask, 'vms' | 'night'>): string =>
  `${family.name}-${vms}-${night}`;

/** In half of the cases (night.md N5): every other cluster seed, and of one seed in half of the families. */
const givesMaxStreams = ({ name }: Family, { clusterSeed }: Ask): boolean =>
  ((hashParts([name], 0) & 1) + clusterSeed) % 2 === 0;

function* vmsOf(
  draws: Draws,
  pods: readonly BuiltPod[],
  { ask, sketch }: { ask: Ask; sketch: Sketch },
): Generator<Vm> {
  const capGiB = sketch.sizeCapGiB ?? largestGiB;
  for (let n = 1; n <= ask.vms; n++) {
    const key = `vm-${n}`;
    const pod = pods.length === 1 ? 0 : Math.floor(pods.length * draws.uniform('placement', 'pod', key));
    const { server, stores } = placeOf(draws, pods[pod]!.halls, key);
    yield { key, server, ...attributesOf(draws, key), disks: disksOf(draws, key, { capGiB, stores }) };
  }
}

function entitiesOf(pods: readonly BuiltPod[]) {
  const halls = pods.flatMap((pod) => pod.halls);
  return {
    sites: pods.flatMap((pod) => pod.sites.map((id) => ({ id }))),
    links: pods.flatMap((pod) => pod.links),
    managementServers: pods.flatMap((pod) => pod.managers.map((id) => ({ id }))),
    devices: halls.flatMap((hall) => hall.pools.flatMap((pool) => pool.devices)),
    stores: halls.flatMap((hall) => hall.pools.flatMap((pool) => pool.stores.map((s) => s.store))),
    servers: halls.flatMap((hall) => hall.servers),
    proxies: pods.flatMap((pod) => [...pod.proxies.values()].flat()),
    agents: pods.flatMap((pod) =>
      pod.agents.map(({ id, site }) => ({
        id,
        site,
        nicMBps: 2500,
        maxStreams: Math.max(50, Math.ceil((1.5 * pod.streams) / pod.agents.length)),
        storage: `${id}-vault`,
      })),
    ),
    secondaryStorage: pods.flatMap((pod) =>
      pod.agents.map(({ id }) => ({ id: `${id}-vault`, writeMBps: 2500 })),
    ),
  };
}

function nightOf(pods: readonly BuiltPod[], ask: Ask, sketch: Sketch) {
  const parts = {
    ask,
    streams: pods.reduce((sum, pod) => sum + pod.streams, 0),
    clustersOf: (hall: string) =>
      pods.flatMap((pod) => pod.halls.filter(({ id }) => id === hall).flatMap((h) => h.clusters)),
    firstProxyOf: (group: string) => pods[0]!.proxies.get(group)![0]!.id,
  };
  const named = pods.map((pod) => sketch.namedFaults?.(namesOf(pod)) ?? {});
  return {
    policies: [{ id: 'standard', agents: pods.flatMap((pod) => pod.agents.map(({ id }) => id)) }],
    jobs: (sketch.jobs ?? defaultJobs).map((job) => jobOf(job, parts)),
    ...(sketch.streamCaps === undefined ? {} : { streamCaps: sketch.streamCaps }),
    variation: { changedDataSigma: 0.5, productionLoadSpread: 0.2 },
    faults: {
      rates: { attempt: 0.03 },
      ...sketch.faults,
      outages: named.flatMap((faults) => faults.outages ?? []),
      slowdowns: named.flatMap((faults) => faults.slowdowns ?? []),
      broken: named.flatMap((faults) => faults.broken ?? []),
    },
  };
}

const namesOf = (pod: BuiltPod): Names => ({
  proxies: (group) => pod.proxies.get(group)!.map(({ id }) => id),
  devices: (pool) =>
    pod.halls.flatMap((h) =>
      h.pools.filter(({ id }) => id === pool).flatMap((p) => p.devices.map(({ id }) => id)),
    ),
  agents: pod.agents.map(({ id }) => id),
});
