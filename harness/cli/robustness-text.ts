import { join } from 'node:path';
import picocolors from 'picocolors';
import { groupBy } from '../kit/group.ts';
import { basisText } from '../measure/compare/comparison-text.ts';
import { countIn, robustnessSentences, standingText } from '../measure/robustness/robustness-text.ts';
import type { Robustness, Tried } from '../measure/robustness/robustness.ts';
import { renderTable } from '../report/table.ts';
import type { RunResult } from '../run/run.ts';

/** A block per document and metric: a table of the pairs, then what can be said of each. */
export function robustnessText(all: readonly Robustness[], result: RunResult, out: string): string {
  const blocks = groupBy(all, ({ document, metric }) => `${document}: ${metric.label} (${metric.name})`);
  const { computed, planned, written } = result;
  const kept = planned - computed;
  return [
    ...[...blocks].map(blockText),
    `${computed} cells computed${kept > 0 ? `, ${kept} kept from before` : ''}.`,
    `Results: ${(written ?? []).map((name) => join(out, name)).join(', ')}`,
  ].join('\n');
}

function blockText([title, own]: [string, Robustness[]]): string {
  const table = renderTable({
    columns: ['a and b', 'as written', 'drawn\ntogether', '', '', '', 'one\nchanged', '', '', ''],
    rows: [
      ['', '', ...heads, ...heads],
      ...own.map((of) => [
        `${of.a} and ${of.b}`,
        standingText(of, of.written.standing),
        ...countsOf(of.together),
        ...countsOf(of.alone),
      ]),
    ],
  });
  const sentences = own.flatMap((of) => [
    `  ${of.a} and ${of.b}`,
    ...robustnessSentences(of).map((text) => `    - ${text}`),
  ]);
  return [picocolors.bold(title), `  ${basisText(own[0]!.written.comparison)}`, table, ...sentences, ''].join(
    '\n',
  );
}

const heads = ['a', 'b', 'alike', 'open'];

const countsOf = (tried: readonly Tried[]): string[] =>
  (['a', 'b', 'alike', 'open'] as const).map((standing) => String(countIn(tried, standing)));
