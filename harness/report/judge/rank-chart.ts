import type { Ranking } from '../../measure/compare/ranks.ts';
import { countOf } from '../../measure/words.ts';
import type { Metric } from '../../model/kind.ts';
import { chartWidth } from '../theme.ts';

/**
 * A critical-difference diagram: mean ranks, and below them a bar for each group of which no two strategies are told apart. The
 * bars are those of the paired tests, adjusted by Holm, and not of the ranks: how two strategies compare hangs on no third.
 *
 * @param isTold whether two strategies are
 * Source: Demšar, J. Machine Learning Research 7, 2006; Benavoli, Corani & Mangili, J. Machine Learning Research 17, 2016.
 */
export function rankChart(
  { ranks, p, clusters, leftOut }: Ranking,
  isTold: (a: string, b: string) => boolean,
  metric: Metric,
): object {
  const bars = groupsOf(ranks, isTold).map(({ from, to }, i) => ({
    row: `not told apart (${i + 1})`,
    low: ranks[from]!.meanRank - 0.04,
    high: ranks[to]!.meanRank + 0.04,
  }));
  const points = ranks.map(({ strategy, meanRank }) => ({
    row: strategy,
    meanRank,
    text: meanRank.toFixed(2),
  }));
  const rows = [...points, ...bars].map(({ row }) => row);
  const widest = Math.max(...rows.map(({ length }) => length)) * 8;
  const x = {
    type: 'quantitative',
    title: `mean rank by ${metric.label}, 1 = the best`,
    scale: { domain: [1, ranks.length], nice: false, padding: 20 },
    axis: { grid: true, tickMinStep: 1 },
  };
  const away = leftOut > 0 ? `; ${countOf(leftOut, 'cluster')} left out, as not all were computed there` : '';
  return {
    description: `${countOf(clusters, 'cluster')}, nights averaged${away}. Friedman's test: ${p < 0.05 ? 'they differ' : 'not shown to differ at all'} (p ${p < 0.001 ? 'below 0.001' : `= ${p.toPrecision(2)}`}).\nA bar joins strategies of which no two are told apart by the paired tests.`,
    width: Math.max(200, chartWidth - 60 - widest),
    height: { step: 24 },
    encoding: {
      y: { field: 'row', type: 'nominal', sort: rows, axis: { title: null, labelLimit: 0, grid: false } },
    },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'rule', strokeWidth: 6, color: '#78909c' },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 110, opacity: 1, color: '#0072b2' },
        encoding: { x: { field: 'meanRank', ...x } },
      },
      {
        data: { values: points },
        mark: { type: 'text', align: 'left', dx: 10, fontSize: 11 },
        encoding: { x: { field: 'meanRank', ...x }, text: { field: 'text' } },
      },
    ],
  };
}

/** Runs in the order of ranks in which no two are told apart, those inside another left out. */
function groupsOf(
  ranks: Ranking['ranks'],
  isTold: (a: string, b: string) => boolean,
): { readonly from: number; readonly to: number }[] {
  const names = ranks.map(({ strategy }) => strategy);
  const groups: { from: number; to: number }[] = [];
  for (let from = 0; from < names.length; from++) {
    let to = from;
    while (to + 1 < names.length && !names.slice(from, to + 1).some((name) => isTold(name, names[to + 1]!)))
      to++;
    if (to > from && to > (groups.at(-1)?.to ?? -1)) groups.push({ from, to });
  }
  return groups;
}
