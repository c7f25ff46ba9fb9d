import picocolors from 'picocolors';
import { basisText, pairSentence } from '../measure/compare/comparison-text.ts';
import type { Comparison } from '../measure/compare/compare.ts';

export interface Judged extends Comparison {
  /** cells that the runs had planned */
  readonly planned: number;
}

const wrap = (text: string, width: number): string => {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length + 1 > width && lines.at(-1) !== '') lines.push('');
    lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trimStart();
  }
  return lines.map((line, i) => (i === 0 ? `  - ${line}` : `    ${line}`)).join('\n');
};

/** A block per document: what it rests on, then a sentence per pair. */
export const judgeText = (judged: readonly Judged[], width: number): string =>
  judged
    .map((one) => {
      const { document, metric, planned, cells } = one;
      const counts = `${planned} cells planned, ${cells.ran} ran, ${cells.valued} have a value${comparedText(one)}`;
      return [
        picocolors.bold(`${document}: ${metric.label} (${metric.name}, ${metric.definition})`),
        `  ${basisText(one)}`,
        `  ${counts}.`,
        ...(one.pairs.length === 0 ? ['  One strategy alone: nothing to compare.'] : []),
        ...one.pairs.map((pair) => wrap(pairSentence(pair, one), width - 4)),
      ].join('\n');
    })
    .join('\n\n');

/** Nights in which both of a pair have a value, over the pairs. */
function comparedText({ pairs }: Judged): string {
  if (pairs.length === 0) return '';
  const counts = pairs.map(({ nights }) => nights.compared);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `; of a pair ${least === most ? most : `${least} to ${most}`} nights compared`;
}
