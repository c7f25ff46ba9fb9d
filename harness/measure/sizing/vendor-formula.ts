import type { Night } from '../../model/night.ts';
import { sumOf } from '../sum.ts';

// What a vendor's sizing guide would say, beside what the simulation says.

export interface VendorSize {
  readonly toMoveMB: number;
  /** that all proxies together must read */
  readonly neededMBps: number;
  /** at the rate per core of the proxies of the document */
  readonly cores: number;
  /** by the older and more careful rule */
  readonly olderCores: number;
  /** the rate per core that `cores` is by */
  readonly MBpsPerCore: number;
  readonly olderMBpsPerCore: number;
}

/** MB/s per core of the older rule. Source: domain.md 1.5. */
export const olderRates = { full: 100, incremental: 25 } as const;

/**
 * Bytes over window over rate per core, for all jobs together. A night with full and incremental jobs adds their cores.
 *
 * Source: domain.md 1.5 (worked example: 100 TiB full in 8 h at 100 MB/s per core: 36 cores). The rate of a mixed fleet is
 * the mean of its cores: our reading.
 *
 * @param windowH in hours
 */
export function vendorSize(night: Night, windowH: number): VendorSize {
  const windowS = windowH * 3600;
  const cpus = night.proxies.filter(({ candidate }) => candidate);
  const coreCount = sumOf(cpus, (p) => p.cpus);
  const loads = night.jobs.map(({ kind, vms }) => {
    const toMoveMB = sumOf(vms, (vm) => sumOf(night.vms[vm]!.disks, (d) => d.toMoveMB));
    const rate = sumOf(
      cpus,
      (p) => p.cpus * (kind === 'full' ? p.fullMBpsPerCore : p.incrementalMBpsPerCore),
    );
    return { kind, toMoveMB, coreMBps: rate / coreCount };
  });
  const toMoveMB = sumOf(loads, (l) => l.toMoveMB);
  const cores = sumOf(loads, (l) => l.toMoveMB / windowS / l.coreMBps);
  const olderCores = sumOf(loads, (l) => l.toMoveMB / windowS / olderRates[l.kind]);
  const neededMBps = toMoveMB / windowS;
  return {
    toMoveMB,
    neededMBps,
    cores,
    olderCores,
    MBpsPerCore: neededMBps / cores,
    olderMBpsPerCore: neededMBps / olderCores,
  };
}
