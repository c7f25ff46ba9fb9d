import type { ItemTable } from '../../model/kind.ts';
import type { Ablation } from './ablate.ts';
import { buysOf } from './buys.ts';

/** A line per document, metric, consideration and side. Medians and bounds: ln(ratio) or difference, as `scale` says. */
export function ablationTable(ablations: readonly Ablation[]): ItemTable {
  const rows = ablations.flatMap((of) =>
    of.effects.flatMap(({ consideration, ...pairs }) =>
      (['without', 'alone'] as const).map((side) => {
        const { a, b, clusters, median, interval, wins, losses, ties, p, pHolm, verdict } = pairs[side];
        const buys = buysOf(pairs[side], of.metric, side === 'without' ? 'b' : 'a');
        const known = [of.document, of.metric.name, consideration.parameter, consideration.source, side];
        const range = [median, interval?.low ?? null, interval?.high ?? null];
        return [
          ...known,
          a,
          b,
          of[side].scale,
          clusters,
          ...range,
          wins,
          losses,
          ties,
          p,
          pHolm,
          verdict,
          buys,
        ];
      }),
    ),
  );
  return { columns, rows };
}

const columns = [
  'document',
  'metric',
  'consideration',
  'source',
  'side',
  'a',
  'b',
  'scale',
  'clusters',
  'median',
  'low',
  'high',
  'wins',
  'losses',
  'ties',
  'p',
  'p_holm',
  'verdict',
  'buys',
];
