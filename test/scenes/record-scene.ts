import type { Tier } from '../../harness/model/access.ts';
import type { JobFacts, UnitFacts } from '../../harness/model/facts.ts';
import type { Agent, Device, Job, Night, Proxy, SecondaryStorage, Vm } from '../../harness/model/night.ts';
import type {
  AttemptRecord,
  JobRecord,
  LoadRecord,
  NightRecord,
  RoundRecord,
  UnitRecord,
} from '../../harness/model/record.ts';

// Nights and their records by hand, for what reads them. Defaults: one flash device of 1000 MB/s, one proxy of 4 cores
// and 400 MB/s, one media agent, one full job of 4 streams from 0 to 8 h, no overheads, caps of 100 MB/s in every mode.

export interface VmSketch {
  readonly key?: string;
  readonly job?: number;
  /** MB to move, by disk */
  readonly disksMB: readonly number[];
  /** device of every disk; each device has one store of the same number */
  readonly devices?: readonly number[];
  /** to every proxy; default: tier 1 */
  readonly tiers?: readonly Tier[];
  readonly priority?: UnitFacts['priority'];
}

export interface NightSketch {
  readonly vms?: readonly VmSketch[];
  readonly devices?: readonly Partial<Device>[];
  /** of every data store */
  readonly maxOpenSnapshots?: number;
  readonly proxies?: readonly Partial<Proxy>[];
  readonly agents?: readonly Partial<Agent>[];
  readonly secondaryStorage?: readonly Partial<SecondaryStorage>[];
  readonly jobs?: readonly Partial<Job>[];
  readonly overheads?: Partial<Night['overheads']>;
  readonly capsMBps?: Readonly<Partial<Record<Tier, number>>>;
  readonly outages?: Night['faults']['outages'];
  readonly hypervisor?: string;
  /** of the only VM server */
  readonly networkReadMBps?: number;
  readonly links?: Night['links'];
}

const allDay = (value: number) => Array.from({ length: 24 }, () => value);

export function nightScene(sketch: NightSketch = {}): Night {
  const sketches = sketch.vms ?? [];
  const devices = (sketch.devices ?? [{}]).map(deviceOf);
  const proxies = (sketch.proxies ?? [{}]).map(proxyOf);
  const jobs = (sketch.jobs ?? [{}]).map((job, id) =>
    jobOf(
      job,
      id,
      [...sketches.keys()].filter((v) => (sketches[v]!.job ?? 0) === id),
    ),
  );
  const vms = sketches.map(vmOf);
  const agents = (sketch.agents ?? [{}]).map(agentOf);
  const links = sketch.links ?? [];
  const stores = devices.map((d) => ({
    id: d.id,
    name: `ds-${d.id}`,
    device: d.id,
    maxOpenSnapshots: sketch.maxOpenSnapshots ?? null,
    freeMB: null,
  }));
  const servers = [
    {
      id: 0,
      name: 'server-0',
      site: 0,
      cluster: null,
      hypervisor: sketch.hypervisor ?? 'vmware',
      networkConnections: null,
      uplinkMBps: 1250,
      networkReadMBps: sketch.networkReadMBps ?? 10_000,
      managementServer: null,
      stores: stores.map((s) => s.id),
    },
  ];
  const known = new Map<string, JobFacts>();
  return {
    name: 'scene',
    originS: 22 * 3600,
    sites: ['here', 'there'],
    links,
    managementServers: [],
    devices,
    stores,
    servers,
    proxies,
    agents,
    secondaryStorage: (sketch.secondaryStorage ?? [{}]).map(storageOf),
    vms,
    jobs,
    facts: { proxies, devices, stores, servers, agents, jobs: jobs.map((j) => j.name) },
    streamCapMBps: (tier) => sketch.capsMBps?.[tier] ?? 100,
    streamIo: () => 2,
    sharing: 'max-min',
    overheads: {
      snapshotCreateS: 0,
      snapshotRemoveS: 0,
      snapshotCommitMBps: 60,
      attachS: 0,
      detachS: 0,
      connectS: 0,
      disconnectS: 0,
      cleanUpS: 0,
      ...sketch.overheads,
    },
    detectS: 60,
    takeoverS: 60,
    faults: { faultOf: () => null, outages: sketch.outages ?? [], slowdowns: [], failAtOnceS: 1 },
    jobFacts(job, workUnit) {
      const key = `${job} ${workUnit}`;
      const facts =
        known.get(key) ?? factsOf(jobs[job]!, workUnit, { vms, sketches, proxies, agents, links });
      known.set(key, facts);
      return facts;
    },
    viaServer: (_vm, _stores, _proxy, tier) => (tier >= 3 ? 0 : null),
    link: (from, to) => links.find((l) => l.from === from && l.to === to) ?? null,
  };
}

const deviceOf = (device: Partial<Device>, id: number): Device => ({
  id,
  name: `device-${id}`,
  site: 0,
  media: 'flash',
  readMBps: 1000,
  latencyMs: 1,
  latencyMsPerIo: 0,
  lossPerStream: 0,
  efficiencyFloor: 1,
  attachment: { kind: 'nas' },
  incrementalReadEfficiency: 1,
  productionMBps: allDay(0),
  outstandingIo: allDay(0),
  ...device,
});

const proxyOf = (
  { cpus = 4, fullMBps = 400, incrementalMBps = 200, ...proxy }: Partial<Proxy>,
  id: number,
): Proxy => ({
  id,
  name: `proxy-${id}`,
  server: null,
  site: 0,
  cpus,
  ramMB: 8000,
  fullMBps,
  incrementalMBps,
  comfortableStreams: 8,
  maxStreams: null,
  limit: 40,
  bootS: null,
  candidate: true,
  hypervisors: ['vmware'],
  sanZones: [],
  nicMBps: 1250,
  hbaMBps: 1600,
  fullMBpsPerCore: fullMBps / cpus,
  incrementalMBpsPerCore: incrementalMBps / cpus,
  overloadFloor: 0.25,
  hotAddReconfigurations: 1,
  hotAddDisks: 60,
  ...proxy,
});

const agentOf = (agent: Partial<Agent>, id: number): Agent => ({
  id,
  name: `agent-${id}`,
  site: 0,
  nicMBps: 10_000,
  maxStreams: 50,
  storage: 0,
  lossPerStream: 0,
  efficiencyFloor: 1,
  ...agent,
});

const storageOf = (storage: Partial<SecondaryStorage>, id: number): SecondaryStorage => ({
  id,
  name: `storage-${id}`,
  writeMBps: 10_000,
  lossPerStream: 0,
  efficiencyFloor: 1,
  ...storage,
});

const jobOf = (job: Partial<Job>, id: number, vms: readonly number[]): Job => ({
  id,
  name: `job-${id}`,
  kind: 'full',
  agents: [0],
  dataReduction: 1,
  reducedAt: 'proxy',
  streams: 4,
  streamsPerVm: 1,
  startS: 0,
  windowEndS: 8 * 3600,
  atWindowEnd: 'finish',
  maxRounds: null,
  pendDelayS: 0,
  priority: 0,
  coordinator: null,
  controllers: null,
  vms,
  ...job,
});

const vmOf = (vm: VmSketch, id: number): Vm => ({
  id,
  key: vm.key ?? `vm-${id}`,
  server: 0,
  job: vm.job ?? 0,
  writeMBps: 0,
  disks: vm.disksMB.map((MB, d) => ({
    store: vm.devices?.[d] ?? 0,
    device: vm.devices?.[d] ?? 0,
    allocatedMB: 2 * MB,
    usedMB: MB,
    toMoveMB: MB,
  })),
});

/** Every VM is a reach of its own. */
function factsOf(
  job: Job,
  workUnit: 'vm' | 'disk',
  scene: {
    vms: readonly Vm[];
    sketches: readonly VmSketch[];
    proxies: readonly Proxy[];
    agents: readonly Agent[];
    links: Night['links'];
  },
): JobFacts {
  const { vms, sketches, proxies } = scene;
  const tierTo = (vm: number, proxy: number): Tier =>
    sketches[vm]!.tiers?.[proxy] ?? (sketches[vm]!.tiers ? 0 : 1);
  const parts = job.vms.flatMap((vm) => {
    const disks = [...vms[vm]!.disks.keys()];
    return workUnit === 'vm' ? [{ vm, disks }] : disks.map((d) => ({ vm, disks: [d] }));
  });
  const units = parts.map(({ vm, disks }, id): UnitFacts => {
    const own = disks.map((d) => vms[vm]!.disks[d]!);
    const devices = [...new Set(own.map((d) => d.device))].toSorted((a, b) => a - b);
    return {
      id,
      vm,
      key: workUnit === 'vm' ? vms[vm]!.key : `${vms[vm]!.key}#${disks[0]}`,
      server: 0,
      poweredOn: true,
      priority: sketches[vm]!.priority ?? 'normal',
      lastResult: 'ok',
      allocatedMB: own.reduce((sum, d) => sum + d.allocatedMB, 0),
      toMoveMB: own.reduce((sum, d) => sum + d.toMoveMB, 0),
      disks,
      stores: devices,
      devices,
      reach: vm,
      queue: vm,
    };
  });
  return {
    id: job.id,
    name: job.name,
    priority: job.priority,
    kind: job.kind,
    streams: job.streams,
    streamsPerVm: job.streamsPerVm,
    startS: job.startS,
    windowEndS: job.windowEndS,
    units,
    agents: job.agents,
    reachCount: vms.length,
    queueCount: vms.length,
    tier: (unit, proxy) => tierTo(units[unit]!.vm, proxy),
    agentsOf: (proxy) =>
      job.agents.filter(
        (a) =>
          scene.agents[a]!.site === proxies[proxy]!.site ||
          scene.links.some((l) => l.from === proxies[proxy]!.site && l.to === scene.agents[a]!.site),
      ),
    candidates: (vm, tier) => [...proxies.keys()].filter((p) => tierTo(vm, p) === tier),
  };
}

export interface RecordSketch {
  readonly attempts?: readonly Partial<AttemptRecord>[];
  /** default: from the attempts, one unit per VM; a VM without attempts is stranded, 'not-assigned' */
  readonly units?: readonly Partial<UnitRecord>[];
  readonly rounds?: readonly (readonly Partial<RoundRecord>[])[];
  readonly load?: Partial<LoadRecord>;
  readonly endS?: number;
  readonly decisionCount?: number;
  /** of every job */
  readonly jobEnd?: JobRecord['end'];
}

/** Attempts default to a finished one of 100 s at tier 1 by proxy 0, of VM = place in the list. */
export function recordScene(night: Night, sketch: RecordSketch = {}): NightRecord {
  const attempts = (sketch.attempts ?? []).map((a, attempt): AttemptRecord => {
    const vm = a.vm ?? attempt;
    return {
      attempt,
      job: night.vms[vm]!.job ?? 0,
      unit: night.jobs[night.vms[vm]!.job ?? 0]!.vms.indexOf(vm),
      vm,
      proxy: 0,
      agent: 0,
      tier: 1,
      streams: 1,
      attemptNo: 1,
      round: 1,
      startS: 0,
      transferS: a.startS ?? 0,
      endS: 100,
      cause: 'finished',
      movedMB: night.vms[vm]!.disks.reduce((sum, d) => sum + d.toMoveMB, 0),
      ...a,
    };
  });
  const units = sketch.units?.map((u) => ({ ...unitOf(night, u.vm!, attempts), ...u }));
  const endS = sketch.endS ?? Math.max(0, ...attempts.map((a) => a.endS ?? 0));
  return {
    endS,
    jobs: night.jobs.map((job) =>
      jobRecordOf(job, endS, { rounds: sketch.rounds?.[job.id] ?? [], end: sketch.jobEnd ?? 'complete' }),
    ),
    units: units ?? night.jobs.flatMap((j) => j.vms.map((vm) => unitOf(night, vm, attempts))),
    attempts,
    load: {
      devices: night.devices.map(() => ({
        readMB: 0,
        secondsAt: [],
        readMBAbove20ms: 0,
        readMBAbove30ms: 0,
      })),
      proxies: night.proxies.map(() => ({ movedMB: 0, cpuS: 0, idleWhileWaitingS: 0 })),
      throughServersMB: 0,
      binS: 60,
      deviceStreams: night.devices.map(() => []),
      limitedStreams: {
        source: [],
        proxy: [],
        network: [],
        target: [],
        'stream cap': [],
        'not transferring': [],
      },
      ...sketch.load,
    },
    decisions: null,
    decisionCount: sketch.decisionCount ?? 0,
    whatIfCount: 0,
  };
}

function unitOf(night: Night, vm: number, attempts: readonly AttemptRecord[]): UnitRecord {
  const own = attempts.filter((a) => a.vm === vm);
  const last = own.at(-1);
  const finished = last?.cause === 'finished';
  const job = night.vms[vm]!.job ?? 0;
  return {
    job,
    unit: night.jobs[job]!.vms.indexOf(vm),
    vm,
    key: night.vms[vm]!.key,
    state: finished ? 'finished' : last?.cause === 'window' ? 'unfinished' : 'stranded',
    reason: finished ? null : last === undefined || last.cause === 'finished' ? 'not-assigned' : last.cause,
    attempts: own.length,
    round: last?.round ?? null,
    firstStartS: own[0]?.startS ?? null,
    endS: last?.endS ?? null,
  };
}

const jobRecordOf = (
  job: Job,
  endS: number,
  { rounds, end }: { rounds: readonly Partial<RoundRecord>[]; end: JobRecord['end'] },
): JobRecord => ({
  job: job.id,
  coordinator: 0,
  controllers: [],
  takeovers: [],
  startS: job.startS,
  endS,
  end,
  rounds: rounds.map((r, i) => ({
    round: i + 1,
    startS: 0,
    endS,
    units: 0,
    started: 0,
    finished: 0,
    failed: 0,
    stranded: 0,
    ...r,
  })),
});
