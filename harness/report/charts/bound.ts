import type { Row } from '../../model/kind.ts';
import { hoursOf, numbersOf, seedsOf, textsOf } from './cells.ts';

interface Bound {
  readonly seconds: number;
  readonly what: string;
}

export interface BoundOfCells extends Bound {
  /** what to call it: that of one night is a bound, that of the middle one of several is not one of the others */
  readonly name: 'lower bound' | 'median lower bound';
}

/** What no strategy can beat: the largest bound of a night, the least of it over strategies; over seeds, the middle one. */
export function boundOf(rows: readonly Row[]): BoundOfCells | null {
  const bySeeds = new Map<string, Bound>();
  for (const row of rows) {
    const seeds = seedsOf(row);
    const [bound, least] = [largest(row), bySeeds.get(seeds)];
    if (bound !== null && (least === undefined || bound.seconds < least.seconds)) bySeeds.set(seeds, bound);
  }
  const bounds = [...bySeeds.values()].toSorted((a, b) => a.seconds - b.seconds);
  const middle = bounds[Math.floor((bounds.length - 1) / 2)];
  if (middle === undefined) return null;
  return { ...middle, name: bounds.length === 1 ? 'lower bound' : 'median lower bound' };
}

function largest({ outcome: { series } }: Row): Bound | null {
  const seconds = numbersOf(series['bounds'], 'seconds');
  const most = Math.max(...seconds);
  const what = textsOf(series['bounds'], 'what')[seconds.indexOf(most)];
  return what === undefined ? null : { seconds: most, what };
}

/** A broken line down the panel, its number at the top of it. */
export function boundLayers(bound: BoundOfCells, xOf: (field: string) => object): object[] {
  const data = { values: [{ hours: hoursOf(bound.seconds), text: bound.name }] };
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
