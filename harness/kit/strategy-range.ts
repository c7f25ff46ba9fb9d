import { UserError } from '../model/errors.ts';
import type { Axis, Point } from './design.ts';
import { isManyValues, parseValues } from './value-range.ts';

/** The text form of a strategy whose parameters may be ranges and sets (night.md N24, for sweeps only). */
export interface StrategyRange {
  readonly name: string;
  /** "priority-list.cap", in the order of the text */
  readonly axes: readonly Axis[];
  /** text form; a parameter without a value in the point is left at its default */
  at(point: Point): string;
}

/** A parameter up to the comma that ends it: braces and quotes hold theirs. */
const partForm = /\s*((?:\{[^}]*\}|"(?:[^"\\]|\\.)*"|[^,{"])+)\s*(?:,|$)/uy;

/** Whether an axis is of a strategy: a knob has a name and no brackets. */
export const isStrategyRange = (text: string): boolean => /^\s*[^=[\]]+\[/u.test(text);

/** @throws {UserError} where the text has another form; what strategy and parameters are, others check */
export function parseStrategyRange(text: string): StrategyRange {
  const [, name, list] = /^\s*([^[\]=]+)\[(.*)\]\s*$/u.exec(text) ?? [];
  if (name === undefined || list === undefined)
    throw new UserError(`"${text}": expected strategy[parameter=a..b,...]`);
  const parts = partsOf(list, text);
  const axisName = (key: string) => `${name.trim()}.${key}`;
  return {
    name: name.trim(),
    axes: parts.flatMap(({ key, value }) =>
      isManyValues(value) ? [{ name: axisName(key), values: parseValues(value, text) }] : [],
    ),
    at(point) {
      const given = parts.flatMap(({ key, value }) => {
        if (!isManyValues(value)) return [`${key}=${value}`];
        const chosen = point.get(axisName(key));
        return chosen === undefined ? [] : [`${key}=${chosen}`];
      });
      return given.length === 0 ? name.trim() : `${name.trim()}[${given.join(',')}]`;
    },
  };
}

function partsOf(list: string, text: string): { key: string; value: string }[] {
  const parts: { key: string; value: string }[] = [];
  partForm.lastIndex = 0;
  while (partForm.lastIndex < list.length) {
    const part = partForm.exec(list)?.[1];
    const [, key, value] = /^\s*([A-Za-z]\w*)\s*=\s*(.+?)\s*$/u.exec(part ?? '') ?? [];
    if (key === undefined || value === undefined)
      throw new UserError(
        `"${text}": cannot read its parameters; expected parameter=a..b, parameter={a|b} or parameter=value`,
      );
    parts.push({ key, value });
  }
  return parts;
}
