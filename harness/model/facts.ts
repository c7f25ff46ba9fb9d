import type { Tier } from './access.ts';
import type { lastResults, priorityClasses } from './document/compute.ts';
import type { Media } from './document/storage.ts';

// What a strategy is told once, before the night: facts that do not change. All of it is frozen.

/** Dense index, in document order, from 0. */
export type Id = number;

export interface ProxyFacts {
  readonly id: Id;
  readonly name: string;
  /** the VM server that a virtual proxy runs on; null = physical */
  readonly server: Id | null;
  readonly site: Id;
  readonly cpus: number;
  readonly ramMB: number;
  /** what its CPUs carry of full backups, all cores together */
  readonly fullMBps: number;
  readonly incrementalMBps: number;
  /** streams that it carries comfortably (night.md N4) */
  readonly comfortableStreams: number;
  /** an administrator's limit, null = none was set */
  readonly maxStreams: number | null;
  /** the limit of streams over all jobs at once: maxStreams, else the rule of S:466 */
  readonly limit: number;
  /** null = is up from the start; else the first start on it boots it, in so many seconds */
  readonly bootS: number | null;
}

export interface DeviceFacts {
  readonly id: Id;
  readonly name: string;
  readonly site: Id;
  readonly media: Media;
  readonly readMBps: number;
  /** latency = latencyMs + latencyMsPerIo * (outstanding I/O of production and of the streams) */
  readonly latencyMs: number;
  readonly latencyMsPerIo: number;
}

export interface StoreFacts {
  readonly id: Id;
  readonly name: string;
  readonly device: Id;
  /** null = no limit */
  readonly maxOpenSnapshots: number | null;
}

export interface ServerFacts {
  readonly id: Id;
  readonly name: string;
  readonly site: Id;
  readonly cluster: string | null;
  readonly hypervisor: string;
  readonly networkConnections: number | null;
}

export interface AgentFacts {
  readonly id: Id;
  readonly name: string;
  readonly site: Id;
  /** slots: streams of all jobs at once */
  readonly maxStreams: number;
}

export interface ClusterFacts {
  readonly proxies: readonly ProxyFacts[];
  readonly devices: readonly DeviceFacts[];
  readonly stores: readonly StoreFacts[];
  readonly servers: readonly ServerFacts[];
  readonly agents: readonly AgentFacts[];
  /** names of the jobs of the night, in document order */
  readonly jobs: readonly string[];
}

/** What is backed up in one attempt: a VM, or one disk of it. Its id is its place in `JobFacts.units`. */
export interface UnitFacts {
  readonly id: Id;
  /** place in the document's list of VMs */
  readonly vm: Id;
  /** stable name: the VM's key, for a disk with "#n" behind it */
  readonly key: string;
  readonly server: Id;
  readonly poweredOn: boolean;
  readonly priority: (typeof priorityClasses)[number];
  readonly lastResult: (typeof lastResults)[number];
  readonly allocatedMB: number;
  readonly toMoveMB: number;
  /** indices of the VM's disks that belong to the unit */
  readonly disks: readonly number[];
  /** distinct, ascending */
  readonly stores: readonly Id[];
  readonly devices: readonly Id[];
  /** units of one reach have the same tier to every proxy */
  readonly reach: Id;
  /** units of one queue have the same reach and the same devices */
  readonly queue: Id;
}

export interface JobFacts {
  readonly id: Id;
  readonly name: string;
  readonly priority: number;
  readonly kind: 'full' | 'incremental';
  readonly streams: number;
  readonly streamsPerVm: number;
  readonly startS: number;
  readonly windowEndS: number;
  readonly units: readonly UnitFacts[];
  /** media agents of the job's policy, ascending */
  readonly agents: readonly Id[];
  readonly reachCount: number;
  readonly queueCount: number;
  /** 0 = no path, or no way from the proxy on to any media agent of the job's policy */
  tier(unit: Id, proxy: Id): Tier;
  /** those of `agents` that the proxy has a way to */
  agentsOf(proxy: Id): readonly Id[];
  /** proxies that reach the units of this class at this tier, ascending; sparse, never a matrix */
  candidates(reach: Id, tier: Tier): readonly Id[];
}

/** The proxies that play the roles of a job (S:444). The coordinator's proxy may move data too (S:498). */
export interface Roles {
  readonly coordinator: Id | null;
  readonly controllers: readonly Id[];
}
