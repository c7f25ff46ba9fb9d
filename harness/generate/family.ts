import type { DocumentInput } from '../model/document/document.ts';
import type { Media } from '../model/document/storage.ts';

// What a family of estates says of itself, and the sketch of an estate that builders fill in. A family file is the sketch alone.

export const nightKinds = ['full', 'incremental'] as const;
export type NightKind = (typeof nightKinds)[number];

type Part<K extends keyof DocumentInput> =
  NonNullable<DocumentInput[K]> extends readonly (infer T)[] ? T : never;
export type Vm = Part<'vms'>;
export type Proxy = Part<'proxies'>;
export type Server = Part<'servers'>;
export type Job = Part<'jobs'>;

export interface Ask {
  /** 10 to 1,000,000 */
  readonly vms: number;
  readonly clusterSeed: number;
  readonly night: NightKind;
}

export interface Family {
  readonly name: string;
  /** what it asks of strategies */
  readonly question: string;
  readonly nights: NightKind | 'both';
  /** @param pod what the sketch is for: above 5,000 VMs an estate has several pods, which are sketched alike */
  readonly sketch: (pod: Pod) => Sketch;
}

export const nightsOf = ({ nights }: Family): readonly NightKind[] =>
  nights === 'both' ? nightKinds : [nights];

export interface Pod {
  /** expected number of VMs */
  readonly vms: number;
  readonly night: NightKind;
}

/** A kind of storage under the VMs of a hall. */
export interface Pool {
  readonly id: string;
  readonly media: Media;
  readonly attachment: 'san' | 'nas' | 'internal';
  /** of a SAN: no proxy is zoned to it, so that its VMs are read by HotAdd or over the LAN */
  readonly isUnzoned?: boolean;
  /** of the VMs of the hall */
  readonly vmShare: number;
  /** of the data stores of the hall; left out: as many as VMs */
  readonly storeShare?: number;
  /** hours in which its devices could read all used bytes once, alone and without loss: gives their speed */
  readonly readHours: number;
  /** left out: one device (for `internal`: one per server) */
  readonly vmsPerDevice?: number;
}

/** VM servers of a site, with their storage. */
export interface Hall {
  readonly id: string;
  /** left out: the first site */
  readonly site?: string;
  /** of the VMs of the pod */
  readonly share: number;
  readonly pools: readonly Pool[];
  readonly server?: Partial<Server>;
}

/** Proxies that are alike; those with SAN zones or without a server are physical. */
export interface ProxyGroup {
  readonly id: string;
  /** on whose servers (virtual) or at whose site (physical) they are */
  readonly hall: string;
  readonly is: 'virtual' | 'physical';
  /** CPUs of one, drawn from these */
  readonly cpus: readonly number[];
  /** of the cores that the sizing rule gives the pod, at least one proxy; or one on each server of the hall */
  readonly size: { readonly coreShare: number } | 'each-server';
  /** physical: sees the SAN of its site */
  readonly san?: boolean;
  readonly fields?: Partial<Proxy>;
}

export interface JobSketch extends Partial<Omit<Job, 'id' | 'policy' | 'streams'>> {
  readonly id: string;
  /** of the streams that all proxies carry comfortably */
  readonly streamShare: number;
  /** left out: all VMs */
  readonly halls?: readonly string[];
  /** the group whose first proxy coordinates it */
  readonly coordinatedBy?: string;
}

/** Faults of a pod, by names that the builders give. */
export interface Names {
  /** of the proxies of a group, first to last */
  readonly proxies: (group: string) => readonly string[];
  /** of the devices of a pool */
  readonly devices: (pool: string) => readonly string[];
  readonly agents: readonly string[];
}

export interface Sketch {
  /** what is special, in a few words, for the note */
  readonly about: string;
  readonly sites?: readonly string[];
  /** links between sites, in MB/s per VM of the pod */
  readonly links?: readonly { readonly between: readonly [string, string]; readonly MBpsPerVm: number }[];
  readonly halls: readonly Hall[];
  readonly proxies: readonly ProxyGroup[];
  /** VMs per management server; left out: 800 */
  readonly vmsPerManager?: number;
  /** left out: one job of all VMs */
  readonly jobs?: readonly JobSketch[];
  /** largest VM; left out: 4 TiB (night.md N21) */
  readonly sizeCapGiB?: number;
  readonly streamCaps?: DocumentInput['streamCaps'];
  readonly faults?: DocumentInput['faults'];
  /** of every pod, by name */
  readonly namedFaults?: (
    names: Names,
  ) => Pick<NonNullable<DocumentInput['faults']>, 'outages' | 'slowdowns' | 'broken'>;
}
