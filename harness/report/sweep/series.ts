import type { Sweep } from '../../kit/sweep.ts';
import type { Summarised } from './summarise.ts';

/** The levels of a point beside one axis, in words: what tells the lines of a response curve apart. */
export function seriesName(point: Summarised, axes: Sweep['axes'], beside: readonly string[]): string {
  const others = axes.filter(({ name }) => !beside.includes(name) && point.levels[name] !== undefined);
  const levels = others.map(({ name }) => `${shortName(name)}=${point.levels[name]}`);
  return [point.line, ...levels].join(' ');
}

/** "priority-list.cap" reads as "cap" beside the name of its strategy. */
export const shortName = (axis: string): string => axis.slice(axis.lastIndexOf('.') + 1);

export const axisTitle = ({ name, unit }: Sweep['axes'][number]): string =>
  unit === '' || unit === name ? name : `${name} [${unit}]`;

/** Points of a line that have a value on the axis: those of another strategy's parameter have none. */
export const along = (points: readonly Summarised[], axis: string): Summarised[] =>
  points.filter(({ levels }) => levels[axis] !== undefined);
