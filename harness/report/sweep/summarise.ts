import { groupBy } from '../../kit/group.ts';
import type { Sweep, SweepPoint } from '../../kit/sweep.ts';
import { medianOf } from '../../measure/compare/median.ts';
import { signInterval } from '../../measure/compare/sign-interval.ts';
import type { Metric, Row } from '../../model/kind.ts';

/** A metric at a point of a sweep. Infinite = not reached. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** 95 %: an interval of the median; range: too few replicates for one, the least and the largest */
  readonly interval: '95 %' | 'range';
  /** clusters, or nights where there is one cluster only */
  readonly replicates: number;
}

export interface Summarised extends SweepPoint {
  /** cells planned and cells that have a result */
  readonly cells: number;
  readonly ok: number;
  /** by metric; null = no cell has a result */
  readonly metrics: Readonly<Record<string, Summary | null>>;
  /** by note: what most of the cells say, of equal ones the first */
  readonly notes: Readonly<Record<string, string>>;
}

/** Every point of the sweep with its metrics over the seeds, in the order of the points. */
export function summarise(
  { points }: Sweep,
  rows: readonly Row[],
  metrics: readonly Metric[],
): readonly Summarised[] {
  const keyOf = (one: { document: string; strategy: string }) => JSON.stringify([one.document, one.strategy]);
  const byPoint = groupBy(rows, keyOf);
  return points.map((point) => {
    const cells = byPoint.get(keyOf(point)) ?? [];
    const ok = cells.filter(({ outcome }) => outcome.status === 'ok');
    return {
      ...point,
      cells: cells.length,
      ok: ok.length,
      metrics: Object.fromEntries(metrics.map((metric) => [metric.name, summaryOf(metric, ok)])),
      notes: notesOf(ok),
    };
  });
}

function notesOf(rows: readonly Row[]): Record<string, string> {
  const said = rows.flatMap(({ outcome }) => Object.entries(outcome.notes));
  const byName = groupBy(
    said.flatMap(([name, text]) => (text === null ? [] : [{ name, text }])),
    ({ name }) => name,
  );
  const mostSaid = (list: readonly { readonly text: string }[]) =>
    [...groupBy(list, ({ text }) => text)].reduce((most, group) =>
      group[1].length > most[1].length ? group : most,
    )[0];
  return Object.fromEntries([...byName].map(([name, list]) => [name, mostSaid(list)]));
}

/** Nights of a cluster are no replicates of their own: their median is, unless there is one cluster only. */
function summaryOf({ name, better }: Metric, rows: readonly Row[]): Summary | null {
  if (rows.length === 0) return null;
  const unreached = better === 'higher' ? -Infinity : Infinity;
  const valueOf = ({ outcome }: Row) => outcome.metrics[name] ?? unreached;
  const clusters = [...groupBy(rows, ({ clusterSeed }) => clusterSeed).values()];
  const values =
    clusters.length === 1 ? rows.map(valueOf) : clusters.map((nights) => medianOf(nights.map(valueOf)));
  const interval = signInterval(values, 0.95);
  const { low, high } = interval ?? { low: Math.min(...values), high: Math.max(...values) };
  return {
    median: medianOf(values),
    low,
    high,
    interval: interval === null ? 'range' : '95 %',
    replicates: values.length,
  };
}
