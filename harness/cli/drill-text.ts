import { noiseText } from '../measure/compare/comparison-text.ts';
import { enoughFound, mostNights, type Drill } from '../measure/compare/drill.ts';
import type { Scale } from '../measure/compare/worth.ts';
import { countOf } from '../measure/words.ts';
import type { Metric } from '../model/kind.ts';
import { renderTable } from '../report/table.ts';

export interface Drilled {
  readonly metric: Metric;
  readonly plant: number;
  readonly clusters: number;
  readonly count: number;
  readonly drills: readonly Drill[];
}

/** A row per document and strategy; then in how many of them the gate can be relied on. */
export function drillText({ metric, plant, clusters, count, drills }: Drilled): string {
  const size = (by: number, scale: Scale) => noiseText(by, scale, metric.unit);
  const table = renderTable({
    columns: [
      'document',
      'strategy',
      'noise of\na night',
      'nights that\none copy ended',
      'false\nalarms',
      'found',
      'among\nall',
      'nights for\n9 in 10',
    ],
    rows: drills.map((one) => [
      one.document,
      one.strategy,
      one.spread === null ? '-' : size(one.spread, one.scale),
      percent(one.onlyOne),
      percent(one.alarms),
      percent(one.found),
      percent(one.foundAmongAll),
      one.needed === null ? `over ${mostNights}` : String(one.needed),
    ]),
    align: ['left', 'left', ...Array.from({ length: 6 }, () => 'right' as const)],
  });
  const nights = Math.max(...drills.map((one) => one.nights));
  const enough = drills.filter(({ found }) => found >= enoughFound).length;
  const alarms = drills.reduce((sum, one) => sum + one.alarms, 0) / drills.length;
  return [
    `${metric.label}: ${percent(plant)} worse planted in ${countOf(count, 'drill')} each, of ${countOf(clusters, 'cluster')} and ${countOf(nights, 'night')} drawn from shaken copies`,
    '',
    table.trimEnd(),
    '',
    `Found in at least ${percent(enoughFound)} of the drills in ${enough} of ${drills.length}; false alarms on average ${percent(alarms)}.`,
  ].join('\n');
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
