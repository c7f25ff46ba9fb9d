import { proxyRates } from '../model/document/compute.ts';

interface Assumption<T> {
  readonly value: T;
  readonly source: string;
}

const assume = <T>(value: T, source: string): Assumption<T> => ({ value, source });

/**
 * Every number that the importer chooses where neither the export nor the overlay says it. [P] = a modelling choice. What is
 * not here is a default of the document's format.
 */
export const assumptions = {
  /** where the export gives no size at all: the median VM, 115 GiB */
  vmSizeMB: assume(123_480, 'domain.md 7, VM size body'),
  usedShare: assume(0.5, 'domain.md 7, used / provisioned'),
  disksPerVm: assume(2, 'domain.md 7, disks per VM: the most frequent number'),
  /** of a VM's bytes on its first disk, with --disk-split dominant */
  dominantShare: assume(0.7, '[P]'),
  vmsPerStore: assume(20, 'domain.md 7, VMs per datastore'),
  media: assume('hybrid' as const, '[P], the middle of domain.md 7, datastore MB/s'),
  proxyCpus: assume(8, 'domain.md 4.4: VMs per 8-core proxy'),
  /** 16 tasks of 1 GB, and 2 GB */
  proxyRamMB: assume(18_000, 'domain.md 1.1, minimum proxy'),
  vmsPerProxy: assume(200, 'domain.md 7, VMs per 8-core proxy on a full night'),
  fullMBpsPerCore: assume(proxyRates.virtual.full, 'domain.md 1.5'),
  fewestProxies: assume(3, '[P]: below three there is nothing to choose between'),
  physicalShare: assume(0.25, 'domain.md 7, proxies with SAN [P]'),
  proxiesPerAgent: assume(4, '[P]'),
  /** what an agent with a 10 GbE NIC takes in */
  agentMBps: assume(1250, 'the default of the document format'),
  dataReduction: assume(2, 'domain.md 7, data reduction'),
  start: assume('22:00', 'domain.md 7, window'),
  windowHours: assume(8, 'domain.md 7, window'),
} as const;
