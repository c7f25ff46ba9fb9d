import { amountOf, noiseText } from '../measure/compare/comparison-text.ts';
import type { GateResult, GateVerdict } from '../measure/compare/gate.ts';
import { countOf, numberOf } from '../measure/words.ts';
import type { Gate } from '../run/gate.ts';

const order: readonly GateVerdict[] = ['fail', 'inconclusive', 'pass'];

/** What `gate` prints: what failed first, then what is not decided, then what passed although it changed; then the count. */
export function gateText({ results, onlyBaseline, onlyNew, notComputed }: Gate): string {
  const count = (verdict: GateVerdict) => results.filter(({ gate }) => gate === verdict).length;
  const same = results.filter(({ isSame }) => isSame);
  const silent = same.filter(({ clusters }) => clusters === 0).length;
  return [
    ...order.flatMap((verdict) => results.filter((one) => one.gate === verdict && !one.isSame).map(lineOf)),
    same.length > 0
      ? `${countOf(same.length, 'comparison')}: nothing changed${silent > 0 ? `, ${silent} of them without a night that was ended` : ''}.`
      : '',
    onlyBaseline > 0 ? `${countOf(onlyBaseline, 'cell')} of the baseline are missing now: not decided.` : '',
    onlyNew > 0 ? `${countOf(onlyNew, 'cell')} are new: compared with nothing.` : '',
    notComputed > 0 ? `${countOf(notComputed, 'cell')} of the new results were not computed.` : '',
    `${count('fail')} failed, ${count('inconclusive')} not decided, ${count('pass')} passed.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function lineOf(result: GateResult): string {
  const { gate, document, strategy, metric, scale, median, interval, clusters, wins, losses, margin } =
    result;
  const head = `${gate.toUpperCase()} ${document}, ${strategy}, ${metric.name}:`;
  if (median === null) return `${head} no night that can be compared.`;
  const size = (by: number) => amountOf(by, scale, metric.unit);
  const range =
    interval === null
      ? 'too few clusters for an interval, 6 are the least'
      : `95 % sure: ${size(interval.low)} to ${size(interval.high)}`;
  const limit = `${noiseText(margin, scale, metric.unit)}${result.isNoise ? ', which is the noise' : ''}`;
  return `${head} ${size(median)} (${range}; limit ${limit}), worse in ${losses} of ${countOf(clusters, 'cluster')}, better in ${wins}${foundText(result)}.`;
}

/** Of what is not decided: what would have been. */
function foundText({ gate, detectable, needed, scale, metric }: GateResult): string {
  if (gate !== 'inconclusive' || detectable === null) return '';
  const more = needed === null ? '' : `, and about ${numberOf(needed)} clusters would decide this one`;
  return `; ${noiseText(detectable, scale, metric.unit)} worse would have been found 9 times in 10${more}`;
}
