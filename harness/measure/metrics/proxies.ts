import type { MetricInput, NightMetric } from '../night-metric.ts';
import { maxOf, percent, ratio, sumOf } from '../sum.ts';

// "Proxies in use" below: with an installed, active data agent, and not out of service for the whole night.

export const proxyMetrics: readonly NightMetric[] = [
  {
    name: 'idle_while_waiting_proxy_h',
    label: 'Idle while work waits',
    unit: 'proxy-h',
    better: 'lower',
    definition:
      'hours, summed over proxies, in service and below the stream limit while a VM awaited that the proxy reaches at some tier',
    version: 1,
    of: ({ record }) => sumOf(record.load.proxies, (p) => p.idleWhileWaitingS) / 3600,
  },
  {
    name: 'proxy_cpu_utilisation_pct',
    label: 'Proxy CPU in use',
    unit: '%',
    better: 'neither',
    definition:
      'core-seconds of data moving, of the core-seconds that the proxies in use had from the first job start to the end of the night',
    version: 1,
    of: (input) =>
      percent(
        sumOf(inUse(input), (p) => p.cpuS),
        sumOf(inUse(input), (p) => p.cpus) * nightS(input),
      ),
  },
  {
    name: 'proxy_mean_mbps',
    label: 'Rate per proxy',
    unit: 'MB/s',
    better: 'neither',
    definition: 'bytes moved per proxy in use and second, from the first job start to the end of the night',
    version: 1,
    of: (input) =>
      ratio(
        sumOf(inUse(input), (p) => p.movedMB),
        inUse(input).length * nightS(input),
      ),
  },
  {
    name: 'proxy_bytes_cv',
    label: 'Imbalance of bytes',
    unit: 'x',
    better: 'lower',
    definition:
      'coefficient of variation (population standard deviation over mean) of the bytes moved, over proxies in use',
    version: 1,
    of: (input) => variation(inUse(input).map((p) => p.movedMB)),
  },
  {
    name: 'proxy_bytes_max_over_mean',
    label: 'Busiest proxy, bytes',
    unit: 'x',
    better: 'lower',
    definition: 'bytes moved by the proxy that moved most, over their mean, over proxies in use',
    version: 1,
    of: (input) => maxOverMean(inUse(input).map((p) => p.movedMB)),
  },
  {
    name: 'proxy_cpu_cv',
    label: 'Imbalance of CPU',
    unit: 'x',
    better: 'lower',
    definition:
      'coefficient of variation (population standard deviation over mean) of core-seconds per core, over proxies in use',
    version: 1,
    of: (input) => variation(inUse(input).map((p) => p.cpuS / p.cpus)),
  },
  {
    name: 'proxy_cpu_max_over_mean',
    label: 'Busiest proxy, CPU',
    unit: 'x',
    better: 'lower',
    definition: 'core-seconds per core of the proxy that had most, over their mean, over proxies in use',
    version: 1,
    of: (input) => maxOverMean(inUse(input).map((p) => p.cpuS / p.cpus)),
  },
];

const nightS = ({ record, tally }: MetricInput): number => Math.max(0, record.endS - tally.zeroS);

function inUse({ night, record, tally }: MetricInput): { movedMB: number; cpuS: number; cpus: number }[] {
  const isOut = (proxy: number) =>
    night.faults.outages.some(
      (o) =>
        o.entity === 'proxy' &&
        o.id === proxy &&
        o.fromS <= tally.zeroS &&
        (o.toS === null || o.toS >= record.endS),
    );
  return night.proxies.flatMap((p) =>
    p.candidate && !isOut(p.id) ? [{ ...record.load.proxies[p.id]!, cpus: p.cpus }] : [],
  );
}

const meanOf = (values: readonly number[]): number => sumOf(values, (v) => v) / values.length;

/** null where nothing was done by anybody */
function variation(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const mean = meanOf(values);
  return ratio(Math.sqrt(sumOf(values, (v) => (v - mean) ** 2) / values.length), mean);
}

const maxOverMean = (values: readonly number[]): number | null =>
  values.length === 0
    ? null
    : ratio(
        maxOf(values, (v) => v)!,
        meanOf(values),
      );
