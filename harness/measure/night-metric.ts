import type { Metric } from '../model/kind.ts';
import type { Night } from '../model/night.ts';
import type { NightRecord } from '../model/record.ts';
import type { BestNight } from './best-night.ts';
import { tallyOf, type Tally } from './tally.ts';

/** What metrics are computed from; the last two once for all of them. */
export interface MetricInput {
  readonly night: Night;
  readonly record: NightRecord;
  /** what no strategy can beat */
  readonly bounds: BestNight;
  readonly tally: Tally;
}

export interface NightMetric extends Metric {
  /** null = has no value here; never NaN or infinite */
  readonly of: (input: MetricInput) => number | null;
}

export const metricInput = (night: Night, record: NightRecord, bounds: BestNight): MetricInput => ({
  night,
  record,
  bounds,
  tally: tallyOf(night, record),
});
