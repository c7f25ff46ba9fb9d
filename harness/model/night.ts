import type { failureCauses, SharingModel } from './document/night.ts';
import type { EndCause } from './executor.ts';
import type {
  AgentFacts,
  ClusterFacts,
  DeviceFacts,
  Id,
  JobFacts,
  ProxyFacts,
  ServerFacts,
  StoreFacts,
} from './facts.ts';
import type { ServiceEntity } from './strategy.ts';
import type { Tier } from './access.ts';

// One night, compiled: a document with its seeds applied. Dense ids in document order, seconds from the first job's start.
// Strategies see `facts` and a job's `facts`; coordinator and executors see all of it.

/** How a capacity falls with n streams: x max(efficiencyFloor, 1 / (1 + lossPerStream * (n - 1))). */
export interface StreamLoss {
  readonly lossPerStream: number;
  readonly efficiencyFloor: number;
}

export interface Device extends DeviceFacts, StreamLoss {
  readonly attachment:
    | { readonly kind: 'internal'; readonly server: Id }
    | { readonly kind: 'san'; readonly zones: readonly string[] }
    | { readonly kind: 'nas' };
  readonly incrementalReadEfficiency: number;
  /** by hour of the day, 24 each */
  readonly productionMBps: readonly number[];
  readonly outstandingIo: readonly number[];
}

export interface Store extends StoreFacts {
  readonly freeMB: number | null;
}

export interface Server extends ServerFacts {
  readonly uplinkMBps: number;
  readonly networkReadMBps: number;
  readonly managementServer: Id | null;
  readonly stores: readonly Id[];
}

export interface Proxy extends ProxyFacts {
  /** has an installed, active data agent (S:484) */
  readonly candidate: boolean;
  readonly hypervisors: readonly string[];
  readonly sanZones: readonly string[];
  /** null = virtual: shares the uplink of its server */
  readonly nicMBps: number | null;
  readonly hbaMBps: number;
  readonly fullMBpsPerCore: number;
  readonly incrementalMBpsPerCore: number;
  readonly overloadFloor: number;
  readonly hotAddReconfigurations: number;
  readonly hotAddDisks: number;
}

export interface Agent extends AgentFacts, StreamLoss {
  readonly nicMBps: number;
  readonly storage: Id;
}

export interface SecondaryStorage extends StreamLoss {
  readonly id: Id;
  readonly name: string;
  readonly writeMBps: number;
}

export interface ManagementServer {
  readonly id: Id;
  readonly name: string;
  readonly networkConnections: number | null;
  readonly operations: number | null;
}

/** One direction of a site link. */
export interface Link {
  readonly id: Id;
  readonly from: Id;
  readonly to: Id;
  readonly MBps: number;
}

export interface Disk {
  readonly store: Id;
  readonly device: Id;
  readonly allocatedMB: number;
  readonly usedMB: number;
  /** what the VM's job reads of it in this night; 0 where no job selects the VM */
  readonly toMoveMB: number;
}

export interface Vm {
  readonly id: Id;
  readonly key: string;
  readonly server: Id;
  /** null = no job selects it */
  readonly job: Id | null;
  /** what the guest writes while a snapshot is open */
  readonly writeMBps: number;
  readonly disks: readonly Disk[];
}

export interface Job {
  readonly id: Id;
  readonly name: string;
  readonly kind: 'full' | 'incremental';
  readonly agents: readonly Id[];
  readonly dataReduction: number;
  readonly reducedAt: 'proxy' | 'agent';
  readonly streams: number;
  readonly streamsPerVm: number;
  readonly startS: number;
  readonly windowEndS: number;
  readonly atWindowEnd: 'finish' | 'terminate';
  readonly maxRounds: number | null;
  readonly pendDelayS: number;
  readonly priority: number;
  /** null = the storage manager names them */
  readonly coordinator: Id | null;
  readonly controllers: readonly Id[] | null;
  /** VMs, in document order */
  readonly vms: readonly Id[];
}

/** A fault that meets one attempt: where in the attempt, and why. */
export interface AttemptFault {
  readonly phase: 'start' | 'snapshot' | 'attach' | 'transfer';
  readonly cause: EndCause;
  /** of the bytes, for `transfer` */
  readonly atShare: number;
}

export interface Outage {
  readonly entity: ServiceEntity;
  readonly id: Id;
  readonly fromS: number;
  /** null = for the rest of the night */
  readonly toS: number | null;
}

export interface Slowdown extends Outage {
  readonly factor: number;
}

export interface NightFaults {
  /** The fault that an attempt meets; the same for every strategy: drawn by keys and numbers, never by order (night.md N9). */
  faultOf(attempt: {
    vm: Id;
    proxy: Id;
    devices: readonly Id[];
    attemptNo: number;
    startS: number;
  }): AttemptFault | null;
  readonly outages: readonly Outage[];
  readonly slowdowns: readonly Slowdown[];
  readonly failAtOnceS: number;
}

export type FailureCause = (typeof failureCauses)[number];

export interface Night {
  readonly name: string;
  /** second of the day at time 0 */
  readonly originS: number;
  readonly sites: readonly string[];
  readonly links: readonly Link[];
  readonly managementServers: readonly ManagementServer[];
  readonly devices: readonly Device[];
  readonly stores: readonly Store[];
  readonly servers: readonly Server[];
  readonly proxies: readonly Proxy[];
  readonly agents: readonly Agent[];
  readonly secondaryStorage: readonly SecondaryStorage[];
  readonly vms: readonly Vm[];
  readonly jobs: readonly Job[];
  readonly facts: ClusterFacts;
  readonly streamCapMBps: (tier: Tier) => number;
  /** outstanding I/Os that a transferring stream keeps at its device */
  readonly streamIo: (tier: Tier) => number;
  readonly sharing: SharingModel;
  readonly overheads: {
    readonly snapshotCreateS: number;
    readonly snapshotRemoveS: number;
    readonly snapshotCommitMBps: number;
    readonly attachS: number;
    readonly detachS: number;
    readonly connectS: number;
    readonly disconnectS: number;
    readonly cleanUpS: number;
  };
  readonly detectS: number;
  readonly takeoverS: number;
  readonly faults: NightFaults;
  /** what a strategy is told of a job, in its work unit; the same object for the same arguments */
  jobFacts(job: Id, workUnit: 'vm' | 'disk'): JobFacts;
  /** the server that a network-mode read goes through; null in the other modes */
  viaServer(vm: Id, stores: readonly Id[], proxy: Id, tier: Tier): Id | null;
  /** the direct link between two sites; null = none, or the same site */
  link(fromSite: Id, toSite: Id): Link | null;
}
