import { UserError } from '../model/errors.ts';

export type Value = number | string;

const number = String.raw`-?(?:\d+\.?\d*|\.\d+)`;
const rangeForm = new RegExp(String.raw`^(${number})\.\.(${number})(?::(${number}))?$`, 'u');
const numberForm = new RegExp(`^${number}$`, 'u');

/** More values than that are a slip of the hand. */
const mostValues = 10_000;

/**
 * The values of an axis: a..b (steps of 1), a..b:step, {a|b|c}, or one value. b is among them where the steps meet it.
 *
 * Source: night.md N24.
 *
 * @param where for messages
 * @throws {UserError}
 */
export function parseValues(text: string, where: string): readonly Value[] {
  const trimmed = text.trim();
  const range = rangeForm.exec(trimmed);
  if (range !== null) return rangeOf(range, `${where}: "${trimmed}"`);
  const isSet = trimmed.startsWith('{') && trimmed.endsWith('}');
  const words = isSet ? trimmed.slice(1, -1).split('|') : [trimmed];
  const values = words.map((word) => valueOf(word.trim()));
  if (values.some((value) => value === '' || /[{}|]|\.\./u.test(String(value))))
    throw new UserError(`${where}: cannot read "${trimmed}"; expected a..b, a..b:step, {a|b} or one value`);
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) throw new UserError(`${where}: ${twice} is given twice`);
  return values;
}

/** A range or a set, not one value. */
export const isManyValues = (text: string): boolean =>
  rangeForm.test(text.trim()) || /^\{.*\}$/u.test(text.trim());

const valueOf = (word: string): Value => (numberForm.test(word) ? Number(word) : word);

function rangeOf([, from, to, by]: RegExpExecArray, where: string): number[] {
  const [a, b, step] = [Number(from), Number(to), by === undefined ? 1 : Number(by)];
  if (step <= 0) throw new UserError(`${where}: the step must be above 0`);
  if (b < a) throw new UserError(`${where}: ends below where it begins; expected the smaller value first`);
  const count = Math.floor((b - a) / step + 1e-9) + 1;
  if (count > mostValues) throw new UserError(`${where}: ${count} values; expected at most ${mostValues}`);
  // a + i * step as a person would write it
  return Array.from({ length: count }, (_, i) => Number((a + i * step).toPrecision(12)));
}
