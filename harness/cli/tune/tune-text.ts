import { pairSentence } from '../../measure/compare/comparison-text.ts';
import { fewestClusters } from '../../measure/compare/verdict.ts';
import { countOf, listOf } from '../../measure/words.ts';
import type { Metric } from '../../model/kind.ts';
import { formatDuration } from '../../model/units.ts';
import { renderTable } from '../../report/table.ts';
import { flatShare, nameOf, type Against, type Score, type TuneAnswer } from './pick.ts';

/** What was tuned, and in what words. */
export interface Tuned {
  /** with what is the same in all settings */
  readonly document: string;
  /** what the settings are tried on */
  readonly replicate: 'cluster' | 'night';
  readonly assumptions: readonly string[];
}

const mostShown = 16;
const mostNamed = 8;

/** What `tune` prints of a document: the choice, how sure it is, and every setting that was tried. */
export function tuneText({ document, replicate, assumptions }: Tuned, answer: TuneAnswer): string {
  const { aims, nights, heldOut, scores } = answer;
  const others = `${countOf(nights, `other ${replicate}`)} that had no part in the choice`;
  return [
    `${document}: ${headText(answer, replicate)}`,
    '',
    ...heldOutText(answer, others, replicate),
    flatText(answer),
    ...openText(answer, replicate),
    ...warningText(answer),
    '',
    tableOf(answer).trimEnd(),
    ...(scores.length > mostShown ? [`  and ${scores.length - mostShown} more settings`] : []),
    '',
    'This hangs on',
    ...assumptions.map((assumption) => `  - ${assumption}`),
    `  - settings are compared by their medians over ${countOf(nights, replicate)}: by ${listOf(aims.map(({ label }) => label))}, each where those before it tell nothing apart`,
    ...(heldOut === null
      ? []
      : ['  - what was chosen among many looks better than it is: believe the held-out figures']),
    '',
  ].join('\n');
}

function headText({ scores, asWritten, heldOut, nights }: TuneAnswer, replicate: string): string {
  const best = nameOf(scores[0]!);
  const tried = `of ${countOf(scores.length, 'setting')} tried on ${countOf(nights, replicate)}`;
  if (heldOut === null || heldOut.against === null)
    return best === nameOf(asWritten)
      ? `${best}, as written, is the best ${tried}`
      : `${best} is the best ${tried}`;
  return isBetter(heldOut.against)
    ? `${best} is the best ${tried}, and better than what is written`
    : `${best} came first ${tried}, but is not shown to be better than what is written`;
}

const isBetter = ({ pair, metric }: Against): boolean =>
  pair.verdict === (metric.better === 'lower' ? 'less' : 'more');

/** The regret of leaving all as it is, where it was not looked for. */
function heldOutText(
  { heldOut, scores, asWritten, aims }: TuneAnswer,
  others: string,
  replicate: string,
): string[] {
  if (heldOut === null)
    return [
      regretText('In this night', scores[0]!, asWritten, aims),
      'Nothing in the document differs from one night to the next: there is nothing to hold out.',
    ];
  const { winner, asWritten: written, against } = heldOut;
  const first = regretText(`On ${others}`, winner, written, aims);
  if (against === null) return [first];
  const { pair, metric, scale } = against;
  const named = { ...pair, b: `what is written (${pair.b})` };
  const sentence = pairSentence(named, { metric, scale, fewestClusters: fewestClusters(1) }, replicate);
  return [first, `${capital(replicate)} by ${replicate}, ${sentence}`];
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** By the first aim that tells the two apart. */
function regretText(where: string, winner: Score, asWritten: Score, aims: readonly Metric[]): string {
  const at = aims.findIndex((_, i) => winner.values[i] !== asWritten.values[i]);
  if (at < 0) return `${where} it is neither better nor worse than what is written (${nameOf(asWritten)}).`;
  const aim = aims[at]!;
  const [a, b] = [winner.values[at]!, asWritten.values[at]!];
  const isWorse = a < b !== (aim.better === 'lower');
  const difference =
    Number.isFinite(a) && Number.isFinite(b)
      ? `, ${differenceText(Math.abs(a - b), aim)} ${isWorse ? 'worse' : 'better'}`
      : '';
  return `${where}, ${nameOf(winner)}: ${aim.label} ${valueText(a, aim)} against ${valueText(b, aim)} as written (${nameOf(asWritten)})${difference}.`;
}

const differenceText = (value: number, aim: Metric): string =>
  aim.unit.startsWith('%') ? `${Number(value.toFixed(1))} points` : valueText(value, aim);

function flatText({ flat, scores }: TuneAnswer): string {
  const percent = `${100 * flatShare} %`;
  if (scores.length === 1) return 'One setting alone was tried.';
  if (flat.length === 0) return `No other setting comes within ${percent} of it: the optimum is sharp.`;
  if (flat.length === scores.length - 1)
    return `All of them are within ${percent} of it: it does not matter which is taken.`;
  const isFlat = 2 * (flat.length + 1) > scores.length;
  return `${namesText(flat)} ${flat.length === 1 ? 'is' : 'are'} as good within ${percent}: the optimum is ${isFlat ? 'flat' : 'not sharp'}.`;
}

function openText({ open, nights }: TuneAnswer, replicate: string): string[] {
  if (open.length === 0) return [];
  const few = nights < 6 ? ', as below 6 nothing can be' : '';
  return [`${namesText(open)} cannot be told from it by ${countOf(nights, replicate)}${few}.`];
}

function namesText(scores: readonly Score[]): string {
  const named = scores.slice(0, mostNamed).map(nameOf);
  const more = scores.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : listOf(named);
}

/** A setting can be the best of bad ones. */
function warningText({ aims, scores }: TuneAnswer): string[] {
  const at = aims.findIndex(({ unit }) => unit.startsWith('%'));
  const value = scores[0]!.values[at];
  if (value === undefined || aims[at]!.better !== 'higher' || value >= enoughPct) return [];
  return [
    `Even so it is a bad night: ${aims[at]!.label} ${valueText(value, aims[at]!)}. No setting that was tried cures that; size says which fleet would.`,
  ];
}

/** Below this much protected in time, what is tuned is not what is wrong. */
const enoughPct = 95;

function tableOf({ aims, scores, asWritten }: TuneAnswer): string {
  const row = (name: string, { values }: Score) => [
    name,
    ...aims.map((aim, i) => valueText(values[i]!, aim)),
  ];
  return renderTable({
    columns: ['setting, best first', ...aims.map(titleOf)],
    rows: [
      ...scores.slice(0, mostShown).map((score) => row(nameOf(score), score)),
      row(`as written: ${nameOf(asWritten)}`, asWritten),
    ],
    align: ['left', ...aims.map(() => 'right' as const)],
  });
}

const titleOf = ({ label, unit }: Metric): string =>
  unit === 's' || unit === '' ? label : `${label} [${unit}]`;

function valueText(value: number, { unit }: Metric): string {
  if (!Number.isFinite(value)) return 'never';
  if (unit === 's') return formatDuration(value);
  const text = String(Number(value.toPrecision(4)));
  return unit.startsWith('%') ? `${text} %` : text;
}
