import type { Metric } from '../../model/kind.ts';

/** A metric as charts show it: long times as hours. */
export const scaleOf = ({ unit, label }: Metric): { readonly factor: number; readonly title: string } =>
  unit === 's'
    ? { factor: 1 / 3600, title: `${label} [h]` }
    : { factor: 1, title: unit === '' || unit === '1' ? label : `${label} [${unit}]` };

/** What was not reached has no place in a chart. */
export const finiteOrNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
