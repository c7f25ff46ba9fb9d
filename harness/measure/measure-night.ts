import type { CellResult, Outcome } from '../model/kind.ts';
import type { Night } from '../model/night.ts';
import type { NightRecord } from '../model/record.ts';
import type { BestNight } from './best-night.ts';
import { overusedProxy } from './held-back.ts';
import { vmColumns, vmRows } from './item-table.ts';
import { metrics } from './metrics/metrics.ts';
import { metricInput } from './night-metric.ts';
import { seriesOf } from './series.ts';
import { whatSetMakespan } from './what-set-makespan.ts';

export interface NightMeasure
  extends Pick<Outcome, 'metrics' | 'notes' | 'series'>, Pick<CellResult, 'items'> {}

/** All that a cell shows of a night. @param bounds of the night, the same for every strategy */
export function measureNight(night: Night, record: NightRecord, bounds: BestNight): NightMeasure {
  const input = metricInput(night, record, bounds);
  return {
    metrics: Object.fromEntries(metrics.map((m) => [m.name, m.of(input)])),
    notes: {
      makespan_set_by: whatSetMakespan(night, record),
      bound_set_by: bounds.binding,
      bound_without: bounds.program === 'solved' ? null : bounds.program,
      overused_proxy: overusedProxy(night, record),
    },
    series: seriesOf(input),
    items: { columns: vmColumns, rows: vmRows(night, input.tally) },
  };
}
