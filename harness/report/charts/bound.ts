import type { Row } from '../../model/kind.ts';
import { hoursOf, numbersOf, seedsOf, textsOf } from './cells.ts';

export interface Bound {
  readonly seconds: number;
  readonly what: string;
}

/** What no strategy can beat: the largest bound of a night, the least of it over strategies; over seeds, the middle one. */
export function boundOf(rows: readonly Row[]): Bound | null {
  const bySeeds = new Map<string, Bound>();
  for (const row of rows) {
    const seeds = seedsOf(row);
    const [bound, least] = [largest(row), bySeeds.get(seeds)];
    if (bound !== null && (least === undefined || bound.seconds < least.seconds)) bySeeds.set(seeds, bound);
  }
  const bounds = [...bySeeds.values()].toSorted((a, b) => a.seconds - b.seconds);
  return bounds[Math.floor((bounds.length - 1) / 2)] ?? null;
}

function largest({ outcome: { series } }: Row): Bound | null {
  const seconds = numbersOf(series['bounds'], 'seconds');
  const most = Math.max(...seconds);
  const what = textsOf(series['bounds'], 'what')[seconds.indexOf(most)];
  return what === undefined ? null : { seconds: most, what };
}

/** A broken line down the panel, its number at the top of it. */
export function boundLayers(bound: Bound, xOf: (field: string) => object): object[] {
  const data = { values: [{ hours: hoursOf(bound.seconds), text: 'lower bound' }] };
  return [
    {
      data,
      mark: { type: 'rule', stroke: '#222222', strokeWidth: 2, strokeDash: [5, 3] },
      encoding: { x: xOf('hours'), y: null, color: null },
    },
    {
      data,
      mark: { type: 'text', align: 'right', baseline: 'top', dx: -6, dy: 4, fill: '#222222' },
      encoding: { x: xOf('hours'), y: { value: 0 }, text: { field: 'text' }, color: null },
    },
  ];
}
