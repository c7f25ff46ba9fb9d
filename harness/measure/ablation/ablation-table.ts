import type { Table } from '../../model/kind.ts';
import { pairColumns, pairValues } from '../compare/pair-columns.ts';
import type { Ablation } from './ablate.ts';
import { buysOf } from './buys.ts';

/** A line per document, metric, consideration and side. */
export function ablationTable(ablations: readonly Ablation[]): Table {
  const rows = ablations.flatMap((of) =>
    of.effects.flatMap(({ consideration, ...pairs }) =>
      (['without', 'alone'] as const).map((side) => {
        const pair = pairs[side];
        const known = [of.document, of.metric.name, consideration.parameter, consideration.source, side];
        const buys = buysOf(pair, of.metric, side === 'without' ? 'b' : 'a');
        return [...known, pair.a, pair.b, ...pairValues(of[side], pair), buys];
      }),
    ),
  );
  return { columns, rows };
}

const columns = ['document', 'metric', 'consideration', 'source', 'side', 'a', 'b', ...pairColumns, 'buys'];
