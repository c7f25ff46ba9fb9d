import type { MetricInput, NightMetric } from '../night-metric.ts';
import type { Media } from '../../model/document/storage.ts';
import { percent, ratio, sumOf } from '../sum.ts';

/**
 * Streams that a device of this medium carries without harm: an input of the metric, the same for all strategies and
 * never a strategy's own threshold. Source: night.md N19, [P].
 */
export const comfortableStreams: Record<Media, number> = { hdd: 2, hybrid: 4, flash: 8 };

export const contentionMetrics: readonly NightMetric[] = [
  {
    name: 'excess_streams_per_tb',
    label: 'Excess streams',
    unit: 'stream-s/TB',
    better: 'lower',
    definition: `seconds times transferring streams beyond what the device carries comfortably (${Object.entries(
      comfortableStreams,
    )
      .map(([medium, n]) => `${medium} ${n}`)
      .join(', ')}), over the TB read`,
    version: 1,
    headline: true,
    of: (input) => ratio(excessStreamS(input), readMB(input) / 1e6),
  },
  {
    name: 'bytes_above_20ms_pct',
    label: 'Read above 20 ms',
    unit: '% of bytes',
    better: 'lower',
    definition: 'bytes read while the latency of their device was above 20 ms, of all bytes read',
    version: 1,
    headline: true,
    of: (input) =>
      percent(
        sumOf(input.record.load.devices, (d) => d.readMBAbove20ms),
        readMB(input),
      ),
  },
  {
    name: 'bytes_above_30ms_pct',
    label: 'Read above 30 ms',
    unit: '% of bytes',
    better: 'lower',
    definition: 'bytes read while the latency of their device was above 30 ms, of all bytes read',
    version: 1,
    of: (input) =>
      percent(
        sumOf(input.record.load.devices, (d) => d.readMBAbove30ms),
        readMB(input),
      ),
  },
  {
    name: 'mean_streams_per_busy_device',
    label: 'Streams per busy device',
    unit: 'streams',
    better: 'neither',
    definition:
      'mean number of transferring streams over the device-seconds with at least one; a shorter night has more',
    version: 1,
    of: ({ record: { load } }) =>
      ratio(
        sumOf(load.devices, (d) => sumOf(d.secondsAt, (s, n) => n * s)),
        sumOf(load.devices, (d) => sumOf(d.secondsAt.slice(1), (s) => s)),
      ),
  },
  {
    name: 'through_servers_mb',
    label: 'Through production servers',
    unit: 'MB',
    better: 'lower',
    definition: 'bytes read through a production VM server: network and complex mode',
    version: 1,
    of: ({ record }) => record.load.throughServersMB,
  },
];

const readMB = ({ record }: MetricInput): number => sumOf(record.load.devices, (d) => d.readMB);

const excessStreamS = ({ night, record }: MetricInput): number =>
  sumOf(record.load.devices, (d, id) => {
    const comfortable = comfortableStreams[night.devices[id]!.media];
    return sumOf(d.secondsAt, (s, n) => s * Math.max(0, n - comfortable));
  });
