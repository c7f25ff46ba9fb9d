import { UserError } from '../model/errors.ts';
import type { Value } from './value-range.ts';

export interface Axis {
  readonly name: string;
  readonly values: readonly Value[];
}

/** A value for some axes; the others stay as they are written. */
export type Point = ReadonlyMap<string, Value>;

/** product: every combination; zip: the first values together, the second ones, ...; one-at-a-time: as written, then each axis alone */
export const designs = ['product', 'zip', 'one-at-a-time'] as const;
export type Design = (typeof designs)[number];

/**
 * The points of a design, the last axis innermost.
 *
 * @throws {UserError} for a zip of axes of different length
 */
export const pointsOf = (axes: readonly Axis[], design: Design): readonly Point[] => makers[design](axes);

const makers: Readonly<Record<Design, (axes: readonly Axis[]) => readonly Point[]>> = {
  product: (axes) =>
    axes.reduce<readonly Point[]>(
      (points, { name, values }) =>
        points.flatMap((point) => values.map((value) => new Map([...point, [name, value]]))),
      [new Map()],
    ),
  zip: (axes) => {
    const lengths = new Set(axes.map(({ values }) => values.length));
    if (lengths.size > 1) {
      const found = axes.map(({ name, values }) => `${name} has ${values.length}`).join(', ');
      throw new UserError(`a zip takes axes of as many values each; ${found}`);
    }
    const [length = 1] = lengths;
    return Array.from({ length }, (_, i) => new Map(axes.map(({ name, values }) => [name, values[i]!])));
  },
  'one-at-a-time': (axes) => [
    new Map(),
    ...axes.flatMap(({ name, values }) => values.map((value) => new Map([[name, value]]))),
  ],
};
