import { formatDuration } from '../../model/units.ts';
import { countOf, numberOf } from '../words.ts';
import type { Comparison, PairResult } from './compare.ts';
import { power } from './detectable.ts';
import type { Scale } from './worth.ts';

// What a comparison says, for somebody who runs backups: every claim with its numbers and its n.

/** One sentence about two strategies. @param noun what was counted, where it was no cluster */
export function pairSentence(
  pair: PairResult,
  { scale, metric, fewestClusters }: Pick<Comparison, 'scale' | 'metric' | 'fewestClusters'>,
  noun = 'cluster',
): string {
  const { a, b, clusters, median, interval, wins, losses, ties, floor, detectable, needed } = pair;
  const size = (by: number) => amountOf(by, scale, metric.unit);
  const range =
    interval === null ? '' : ` (95 % sure: ${rangeOf(interval.low, interval.high, scale, metric.unit)})`;
  const tally = `better in ${wins} of ${countOf(clusters, noun)}, worse in ${losses}, alike in ${ties}`;
  const chance = `p = ${chanceOf(pair.pHolm)}`;
  if (median === null)
    return `${a} and ${b}: no cluster has a night that both were computed for and one ended.`;
  const charged = chargedText(pair);
  switch (pair.verdict) {
    case 'less':
    case 'more': {
      const isBetter = (pair.verdict === 'less') === (metric.better === 'lower');
      return `${a} is ${isBetter ? 'better' : 'worse'} than ${b}: ${size(median)}${range}, ${tally}, ${chance}${charged}.`;
    }
    case 'tie':
      if (floor.ofMedian === 0)
        return `${a} and ${b} tie: equal as far as the median tells (${tally}${charged}).`;
      return `${a} and ${b} tie: whatever difference there is lies within ${noiseText(floor.ofMedian, scale, metric.unit)} (${tally}${charged}).`;
    case 'below-noise':
      return `${a} and ${b}: no winner; they differ by ${size(median)}${range}, less than changes that mean nothing do (${noiseText(floor.ofMedian, scale, metric.unit)}); ${tally}${charged}.`;
    case 'cannot-say':
      return `${a} and ${b}: cannot say at ${countOf(clusters, noun)}, whatever they show; ${fewestClusters} are the least. Seen: ${size(median)}, ${tally}${charged}.`;
    case 'undecided': {
      const found =
        detectable === null
          ? 'no difference can be named that would have been found'
          : `a difference of ${noiseText(detectable, scale, metric.unit)} would have been found ${Math.round(10 * power)} times in 10`;
      const more = needed === null ? '' : `; about ${numberOf(needed)} ${noun}s would decide if it stays so`;
      return `${a} and ${b}: not decided; ${size(median)}${range}, ${tally}, ${chance}; ${found}${more}${charged}.`;
    }
  }
}

function chargedText({ a, b, nights: { chargedA, chargedB, neither, out, oneSided } }: PairResult): string {
  const parts = [
    chargedA > 0 ? `${countOf(chargedA, 'night')} that only ${b} ended count against ${a}` : '',
    chargedB > 0 ? `${countOf(chargedB, 'night')} that only ${a} ended count against ${b}` : '',
    neither > 0 ? `${countOf(neither, 'night')} that neither ended say nothing` : '',
    out > 0 ? `${countOf(out, 'night')} left out on both sides, as one was not computed` : '',
    oneSided > 0 ? `${countOf(oneSided, 'night')} left out, as only one of them was run` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

/** "12.3 % less", "4 min 2 s more", "never" for what one side did not reach. */
export function amountOf(by: number, scale: Scale, unit: string): string {
  if (by === 0) return 'no difference';
  const word = by < 0 ? 'less' : 'more';
  if (!Number.isFinite(by)) return `without limit ${word}, as the other side never gets there`;
  return `${noiseText(by, scale, unit, true)} ${word}`;
}

function rangeOf(low: number, high: number, scale: Scale, unit: string): string {
  return `${boundText(low, scale, unit)} to ${boundText(high, scale, unit)}`;
}

/** The end of a range. */
export const boundText = (by: number, scale: Scale, unit: string): string =>
  Number.isFinite(by) ? amountOf(by, scale, unit) : `without limit ${by < 0 ? 'less' : 'more'}`;

/** A size without a sign; of a logarithm, the percentage that it stands for. */
export function noiseText(by: number, scale: Scale, unit: string, isSigned = false): string {
  if (scale === 'ratio')
    return `${percentText(100 * Math.abs(Math.exp(isSigned ? by : Math.abs(by)) - 1))} %`;
  const size = Math.abs(by);
  if (unit === 's') return formatDuration(size);
  return unit.startsWith('%') ? `${numberOf(size)} percentage points` : `${numberOf(size)} ${unit}`;
}

const percentText = (percent: number): string =>
  percent === 0
    ? '0'
    : percent < 0.095
      ? percent.toPrecision(1)
      : percent < 9.95
        ? percent.toFixed(1)
        : numberOf(Math.round(percent));

const chanceOf = (p: number): string => (p < 0.001 ? 'below 0.001' : p.toPrecision(2));

/** What the sentences rest on. */
export function basisText({
  clusters,
  repeated,
  nights,
  strategies,
  pairs,
  scale,
  metric,
}: Comparison): string {
  const floors = pairs.map(({ floor }) => floor);
  const copies = floors.reduce((most, floor) => Math.max(most, floor.copies), 0);
  const noise =
    copies > 0
      ? `noise measured on ${copies} shaken ${copies === 1 ? 'copy' : 'copies'}`
      : scale === 'ratio'
        ? 'noise not measured (run --shake 2 does): less than 1 % is called a tie'
        : 'noise not measured (run --shake 2 does): only what is equal is called a tie';
  const same =
    repeated > 0 ? ` (${countOf(repeated, 'more seed')} repeat them: a written document is one cluster)` : '';
  return `${countOf(strategies.length, 'strategy').replace('strategys', 'strategies')} on the same ${countOf(clusters, 'cluster')}${same}, ${countOf(nights, 'night')} each, averaged; ${metric.better} is better; ${noise}.`;
}
