import { modeOf } from '../model/access.ts';
import type { Document } from '../model/document/document.ts';
import { selectVms } from '../model/document/select-vms.ts';
import type { JobFacts } from '../model/facts.ts';
import type { Job, Night, Vm } from '../model/night.ts';
import { redrawPlacement } from '../kit/placement.ts';
import { createAccess } from './access.ts';
import { createClock, type NightClock } from './clock.ts';
import { changedMB, productionFactor } from './draws.ts';
import {
  agentsOf,
  devicesOf,
  linksOf,
  managementServersOf,
  proxiesOf,
  secondaryStorageOf,
  serversOf,
  storesOf,
} from './entities.ts';
import { createFaults } from './faults.ts';
import { indexNames, type NameIndex } from './index-names.ts';
import { jobFactsOf, marksOf } from './units.ts';

export interface Seeds {
  /** draws placement again where the document says that it is assumed */
  readonly clusterSeed: number;
  /** draws faults, changed data and production load */
  readonly nightSeed: number;
}

const dayS = 86_400;

/** A checked document and its seeds, as one night; nothing of it holds on to the document, which may be as large. */
export function compileNight(written: Document, { clusterSeed, nightSeed }: Seeds): Night {
  const document = redrawPlacement(written, clusterSeed);
  const index = namesOf(document);
  const clock = createClock(document);
  const servers = serversOf(document, index);
  const { productionLoadSpread } = document.variation;
  const parts = {
    devices: devicesOf(document, index, (name) =>
      productionFactor(productionLoadSpread, [nightSeed, 'production', name]),
    ),
    stores: storesOf(document, index),
    servers,
    proxies: proxiesOf(document, index, servers),
    links: linksOf(document, index),
  };
  const jobs = jobsOf(document, index, clock);
  const vms = vmsOf(document, index, jobs, { clusterSeed, nightSeed });
  const agents = agentsOf(document, index);
  const access = createAccess(parts);
  const { sanMBps, localMBps, networkMBps, complexMBps } = document.streamCaps;
  const caps = { san: sanMBps, local: localMBps, network: networkMBps, complex: complexMBps };
  const { sanIo, localIo, networkIo, complexIo } = document.streamIo;
  const io = { san: sanIo, local: localIo, network: networkIo, complex: complexIo };

  const night: Omit<Night, 'jobFacts'> = {
    ...parts,
    name: document.name,
    originS: clock.originS,
    sites: document.sites.map((s) => s.id),
    managementServers: managementServersOf(document),
    agents,
    secondaryStorage: secondaryStorageOf(document),
    vms,
    jobs,
    facts: Object.freeze({
      proxies: Object.freeze(parts.proxies),
      devices: Object.freeze(parts.devices),
      stores: Object.freeze(parts.stores),
      servers: Object.freeze(parts.servers),
      agents: Object.freeze(agents),
      jobs: Object.freeze(jobs.map((j) => j.name)),
    }),
    streamCapMBps: (tier) => caps[modeOf(tier)],
    streamIo: (tier) => io[modeOf(tier)],
    sharing: document.sharing,
    overheads: document.overheads,
    detectS: document.roles.detectS,
    takeoverS: document.roles.takeoverS,
    faults: createFaults(document, { index, clock, nightSeed, night: { ...parts, vms } }),
    viaServer: (vm, stores, proxy, tier) => access.viaServer(vms[vm]!.server, stores, proxy, tier),
    link: access.link,
  };
  const marks = marksOf(document);
  const known = new Map<string, JobFacts>();
  return {
    ...night,
    jobFacts(job, workUnit) {
      const key = `${job} ${workUnit}`;
      if (!known.has(key)) known.set(key, jobFactsOf({ marks, night, access }, jobs[job]!, workUnit));
      return known.get(key)!;
    },
  };
}

function namesOf(document: Document): NameIndex {
  const of = (kind: string, list: readonly { readonly id: string }[]) =>
    indexNames(kind, () => list.map((e) => e.id));
  return {
    site: of('site', document.sites),
    device: of('device', document.devices),
    store: of('data store', document.stores),
    server: of('server', document.servers),
    managementServer: of('management server', document.managementServers),
    proxy: of('proxy', document.proxies),
    agent: of('media agent', document.agents),
    storage: of('secondary storage', document.secondaryStorage),
    policy: of('policy', document.policies),
    vm: indexNames('VM', () => document.vms.map((v) => v.key)),
  };
}

function jobsOf(document: Document, index: NameIndex, clock: NightClock): Job[] {
  return document.jobs.map((j, id) => {
    const policy = document.policies[index.policy(j.policy)]!;
    const startS = clock.atS(j.start);
    return Object.freeze({
      id,
      name: j.id,
      kind: j.kind,
      agents: Object.freeze(policy.agents.map(index.agent).toSorted((a, b) => a - b)),
      dataReduction: policy.dataReduction,
      reducedAt: policy.reducedAt,
      streams: j.streams,
      streamsPerVm: j.streamsPerVm,
      startS,
      windowEndS: startS + j.window.hours * 3600,
      atWindowEnd: j.window.atEnd,
      maxRounds: j.maxRounds,
      pendDelayS: j.pendDelayS,
      priority: j.priority,
      coordinator: j.coordinator === undefined ? null : index.proxy(j.coordinator),
      controllers: j.controllers === undefined ? null : Object.freeze(j.controllers.map(index.proxy)),
      vms: Object.freeze(selectVms(document, j)),
    });
  });
}

function vmsOf(document: Document, index: NameIndex, jobs: readonly Job[], { nightSeed }: Seeds): Vm[] {
  const jobOf: (Job | null)[] = document.vms.map(() => null);
  for (const job of jobs) for (const vm of job.vms) jobOf[vm] = job;
  const sigma = document.variation.changedDataSigma;
  return document.vms.map((v, id) => {
    const job = jobOf[id]!;
    const dailyMB = v.disks.reduce((sum, d) => sum + d.usedMB * d.dailyChange, 0);
    const toMoveMB = (d: (typeof v.disks)[number], n: number) =>
      job === null
        ? 0
        : job.kind === 'full'
          ? d.usedMB
          : changedMB(d, sigma, [nightSeed, 'changed', v.key, n]);
    return Object.freeze({
      id,
      key: v.key,
      server: index.server(v.server),
      job: job?.id ?? null,
      writeMBps: v.writeMBps ?? dailyMB / dayS,
      disks: Object.freeze(
        v.disks.map((d, n) => {
          const store = index.store(d.store);
          return Object.freeze({
            store,
            device: index.device(document.stores[store]!.device),
            allocatedMB: d.allocatedMB,
            usedMB: d.usedMB,
            toMoveMB: toMoveMB(d, n),
          });
        }),
      ),
    });
  });
}
