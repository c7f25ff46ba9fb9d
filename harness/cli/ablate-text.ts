import picocolors from 'picocolors';
import { groupBy } from '../kit/group.ts';
import type { Ablation, Effect } from '../measure/ablation/ablate.ts';
import { ablationSentences, effectText } from '../measure/ablation/ablation-text.ts';
import { buysOf } from '../measure/ablation/buys.ts';
import { renderTable } from '../report/table.ts';

/** Two tables per document, then a sentence per consideration. */
export const ablateText = (ablations: readonly Ablation[]): string =>
  [
    ...[...groupBy(ablations, ({ document }) => document)].map(documentText),
    ...ablationSentences(ablations),
  ].join('\n');

const sides: readonly {
  readonly side: 'without' | 'alone';
  readonly title: string;
  readonly has: 'a' | 'b';
}[] = [
  { side: 'without', title: 'all but one: the figure without it, against the whole', has: 'b' },
  { side: 'alone', title: 'one alone: the figure with it, against none', has: 'a' },
];

function documentText([document, own]: [string, Ablation[]]): string {
  const { without, effects } = own[0]!;
  const tables = sides.map(({ side, title, has }) => {
    const cell = (of: Ablation, effect: Effect) =>
      effectText(effect[side], of[side].scale, buysOf(effect[side], of.metric, has));
    const columns = own.map(({ metric }) => `${metric.label}\n(${metric.better} is better)`);
    const rows = effects.map(({ consideration }, i) => [
      consideration.parameter,
      ...own.map((of) => cell(of, of.effects[i]!)),
    ]);
    return `  ${title}\n${renderTable({ columns: ['consideration', ...columns], rows })}`;
  });
  return [
    picocolors.bold(document),
    picocolors.dim(
      `  ${without.clusters} clusters, ${without.nights} nights each, averaged; medians over clusters, with intervals of 95 %; below ${without.fewestClusters} clusters none is sure`,
    ),
    ...tables,
  ].join('\n');
}
