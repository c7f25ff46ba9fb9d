import type { Metric, Row } from '../../model/kind.ts';
import { commonNights } from './ranks.ts';
import { scaleOf, type Scale } from './worth.ts';

/** In what share of the nights a strategy comes within so much of the best one. */
export interface Profile {
  readonly scale: Scale;
  readonly strategies: readonly {
    readonly strategy: string;
    /** times the best, or what is lost to it, ascending; of the nights that it ended */
    readonly behind: readonly number[];
  }[];
  /** that at least one strategy ended */
  readonly nights: number;
  /** that none ended, or not all were computed for */
  readonly leftOut: number;
}

/**
 * Performance profiles: what was not ended is behind by more than any number.
 *
 * @param rows of one document
 * Source: Dolan & Moré, Benchmarking optimization software with performance profiles, Math. Programming 91, 2002.
 */
export function profileOf(rows: readonly Row[], metric: Metric): Profile {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  const scale = scaleOf(rows, metric);
  const behind = new Map(strategies.map((strategy) => [strategy, [] as number[]]));
  let nights = 0;
  for (const night of commonNights(rows, strategies, metric.name)) {
    const values = [...night.values()].filter((worth) => worth !== 'charged');
    if (values.length === 0) continue;
    nights++;
    const best = values.reduce((a, b) => ((metric.better === 'lower') === a < b ? a : b));
    for (const [strategy, worth] of night)
      if (worth !== 'charged') behind.get(strategy)!.push(behindOf(worth, best, scale, metric));
  }
  const all = new Set(rows.map(({ clusterSeed, nightSeed }) => `${clusterSeed} ${nightSeed}`)).size;
  return {
    scale,
    strategies: [...behind].map(([strategy, own]) => ({ strategy, behind: own.toSorted((a, b) => a - b) })),
    nights,
    leftOut: all - nights,
  };
}

function behindOf(value: number, best: number, scale: Scale, { better }: Metric): number {
  if (scale === 'difference') return Math.abs(value - best);
  return better === 'lower' ? value / best : best / value;
}
