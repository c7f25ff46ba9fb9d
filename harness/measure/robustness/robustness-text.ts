import { boundText, pairSentence } from '../compare/comparison-text.ts';
import { countOf, listOf } from '../words.ts';
import type { Robustness, Tried } from './robustness.ts';
import type { Standing } from './standing.ts';
import { bestCut, type Cut } from './cut.ts';
import { whereOf, type Where } from './where.ts';

// What robustness says, for somebody who doubts an assumption: in how many it holds, and which one it hangs on.

/** What is said as written, in how many assumptions it holds, and when it does not. */
export const robustnessSentences = (of: Robustness): string[] => [
  `As written: ${pairSentence(of.written.pair, of.written.comparison)}`,
  `${holdsText(of)}.`,
  ...spreadText(of),
  ...otherStandings(of).flatMap((standing) => {
    const where = whereOf(of, standing);
    return where.length === 0
      ? []
      : [`${whatText(of, standing)} when ${where.map(whereText).join('; or ')}.`];
  }),
  ...cutText(of, bestCut(of)),
];

const standings: readonly Standing[] = ['a', 'b', 'alike', 'open'];
const otherStandings = ({ written }: Robustness) => standings.filter((one) => one !== written.standing);

export const countIn = (tried: readonly Tried[], standing: Standing): number =>
  tried.filter((one) => one.standing === standing).length;

const percent = (n: number, of: number): string => `${Math.round((100 * n) / of)} %`;

function holdsText(of: Robustness): string {
  const sets = [
    { tried: of.together, where: (n: string) => `${n} with all assumptions drawn together` },
    { tried: of.alone, where: (n: string) => `${n} with one assumption changed${idleText(of)}` },
  ].filter(({ tried }) => tried.length > 0);
  const parts = sets.map(({ tried, where }) => {
    const n = tried.length;
    const others = otherStandings(of).flatMap((standing) => {
      const count = countIn(tried, standing);
      return count === 0 ? [] : [`${standingText(of, standing)} in ${count}`];
    });
    const held = countIn(tried, of.written.standing);
    const main =
      of.written.standing === 'open'
        ? `undecided in ${held} of ${where(countOf(n, 'comparison'))}`
        : `holds in ${percent(held, n)} of ${where(countOf(n, 'comparison'))}`;
    return others.length === 0 ? main : `${main} (${others.join(', ')})`;
  });
  return capital(listOf(parts));
}

/** Also where there are too few clusters for a verdict: how far the difference itself moves. */
function spreadText({ written, alone, together, metric }: Robustness): string[] {
  const { scale } = written.comparison;
  const first = written.pair.median;
  const sized = [...alone, ...together].flatMap(({ pair, comparison }) =>
    pair.median === null || comparison.scale !== scale
      ? []
      : [{ by: pair.median, noise: pair.floor.ofMedian }],
  );
  const medians = sized.map(({ by }) => by);
  if (first === null || medians.length === 0) return [];
  const size = (by: number) => boundText(by, scale, metric.unit);
  const least = medians.reduce((min, by) => Math.min(min, by), first);
  const most = medians.reduce((max, by) => Math.max(max, by), first);
  const turned = sized.filter(({ by, noise }) => by * first < 0 && Math.abs(by) > noise).length;
  return [
    `The median goes from ${size(least)} to ${size(most)}; in ${turned} of ${countOf(medians.length, 'comparison')} it is on the other side than as written, by more than the noise.`,
  ];
}

/** What moves nothing is no test of anything. */
function idleText({ alone, written }: Robustness): string {
  const shown = ({ pair, comparison }: Tried) => JSON.stringify([comparison.scale, pair]);
  const idle = alone.filter((tried) => shown(tried) === shown(written)).length;
  return idle === 0 ? '' : `, ${idle} of which moved nothing at all`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Inside a sentence or a table. */
export function standingText({ a, b }: Pick<Robustness, 'a' | 'b'>, standing: Standing): string {
  if (standing === 'open') return 'undecided';
  return standing === 'alike' ? 'no difference' : `${standing === 'a' ? a : b} better`;
}

function whatText({ a, b, written }: Robustness, standing: Standing): string {
  if (standing === 'open') return 'Undecided';
  if (standing === 'alike') return 'No difference';
  const isFlip = written.standing === 'a' || written.standing === 'b';
  return `${isFlip ? 'Flips: ' : ''}${standing === 'a' ? a : b} is better`;
}

/** "networkCap is at most 50 MB/s per stream (not at 100)" */
function whereText({ assumption: { name, unit }, side, value, notAt }: Where): string {
  const size = typeof value === 'number' && unit !== '' ? `${value} ${unit}` : String(value);
  const beyond = { below: 'at most ', above: 'at least ', at: '' }[side];
  return `${name} is ${beyond}${size}${notAt === null ? '' : ` (not at ${short(notAt)})`}`;
}

const short = (value: number | string): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;

function cutText(of: Robustness, cut: Cut | null): string[] {
  if (cut === null) return [];
  const { assumption, side, value, beyond, within } = cut;
  const what = of.written.standing === 'open' ? 'are decided' : 'differ from that';
  return [
    `Of the draws, those that ${what} are best told by ${assumption.name}: ${beyond.differ} of ${beyond.of} where it is at ${side === 'below' ? 'most' : 'least'} ${value} ${assumption.unit}, ${within.differ} of ${within.of} elsewhere.`,
  ];
}
