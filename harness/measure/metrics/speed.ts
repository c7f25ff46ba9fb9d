import { makespanOf } from '../makespan.ts';
import type { NightMetric } from '../night-metric.ts';
import { quantileOfSorted } from '../quantile.ts';
import { ratio } from '../sum.ts';
import type { Tally } from '../tally.ts';

export const speedMetrics: readonly NightMetric[] = [
  {
    name: 'makespan_s',
    label: 'Makespan',
    unit: 's',
    better: 'lower',
    definition: 'last finish minus start of the first job; only of nights in which everything was protected',
    version: 1,
    headline: true,
    of: ({ night, record }) => makespanOf(night, record),
  },
  {
    name: 'bound_s',
    label: 'Bound',
    unit: 's',
    better: 'neither',
    definition:
      'a proven lower bound on the makespan of any strategy, by VMs or by disks: the longest of what one VM needs alone, what one kind of resource allows (devices, snapshots, servers, proxies, links, media agents, secondary storage, streams, counted limits), and all of them together by a linear programme',
    version: 2,
    of: ({ bounds }) => bounds.bestS,
  },
  {
    name: 'bound_limits_kept_s',
    label: 'Bound, limits kept',
    unit: 's',
    better: 'neither',
    definition: 'as bound_s, for strategies that keep the stream limits of proxies',
    version: 1,
    of: ({ bounds }) => bounds.kept.bestS,
  },
  {
    name: 'makespan_over_bound',
    label: 'Makespan / bound',
    unit: 'x',
    better: 'lower',
    definition: 'makespan_s over bound_s: 1 = no strategy can be faster',
    version: 2,
    headline: true,
    of: ({ night, record, bounds }) => {
      const makespanS = makespanOf(night, record);
      return makespanS === null ? null : ratio(makespanS, bounds.bestS);
    },
  },
  ...spread('wait', 'Wait', 'from the start of its job to the first start of a VM', (tally) => tally.waitsS),
  ...spread(
    'turnaround',
    'Turnaround',
    'from the start of its job to the end of a VM',
    (tally) => tally.turnaroundsS,
  ),
];

function spread(
  name: string,
  label: string,
  what: string,
  sorted: (tally: Tally) => Float64Array,
): readonly NightMetric[] {
  const points = [
    { suffix: 'p50', p: 0.5, words: 'median' },
    { suffix: 'p95', p: 0.95, words: '95th percentile' },
    { suffix: 'max', p: 1, words: 'longest' },
  ];
  return points.map(({ suffix, p, words }) => ({
    name: `${name}_${suffix}_s`,
    label: `${label} ${suffix}`,
    unit: 's',
    better: 'lower',
    definition: `${words} time ${what}, over protected VMs`,
    version: 1,
    of: ({ tally }) => quantileOfSorted(sorted(tally), p),
  }));
}
