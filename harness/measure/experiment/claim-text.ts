import type { ParamValue } from '../../model/params.ts';
import { pairSentence } from '../compare/comparison-text.ts';
import { countOf } from '../words.ts';
import type { ClaimVerdict, JudgedCase, JudgedClaim } from './judge-claim.ts';

const verdicts: readonly ClaimVerdict[] = ['confirmed', 'refuted', 'undecided'];

/** "confirmed", or "depends on the reading: confirmed in 12 of 16, refuted in 4", then what it hangs on, then the figures. */
export function claimLines({ cases }: JudgedClaim): string[] {
  const counts = verdicts.map((verdict) => cases.filter((one) => one.verdict === verdict).length);
  const parts = verdicts.flatMap((verdict, i) => (counts[i] === 0 ? [] : [`${verdict} in ${counts[i]}`]));
  const only = verdicts.find((_, i) => counts[i] === cases.length);
  const head =
    only === undefined
      ? `depends on the reading: of ${cases.length}, ${parts.join(', ')}`
      : `${only}${cases.length > 1 ? `, under each of ${countOf(cases.length, 'reading')}` : ''}`;
  const { pair, comparison } = cases[0]!;
  const first = cases.length > 1 ? 'under the first reading, ' : '';
  return [head, ...hingesOf(cases), `${first}${pairSentence(pair, comparison)}`];
}

/** Values of a parameter under which every verdict is the same, where others have another. */
function hingesOf(cases: readonly JudgedCase[]): string[] {
  const names = new Set(cases.flatMap(({ reading }) => Object.keys(reading)));
  return [...names].flatMap((name) => {
    const values = [...new Set(cases.map(({ reading }) => reading[name]))];
    const said = values.map((value) => [value, saidUnder(cases, name, value)] as const);
    if (values.length < 2 || new Set(said.map(([, text]) => text)).size < 2) return [];
    return [said.map(([value, text]) => `${name}=${value}: ${text}`).join('; ')];
  });
}

function saidUnder(cases: readonly JudgedCase[], name: string, value: ParamValue | undefined): string {
  const own = cases.filter(({ reading }) => reading[name] === value);
  return verdicts
    .flatMap((verdict) => {
      const n = own.filter((one) => one.verdict === verdict).length;
      return n === 0 ? [] : [n === own.length ? `always ${verdict}` : `${verdict} in ${n} of ${own.length}`];
    })
    .join(', ');
}
