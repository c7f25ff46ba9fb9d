import { UserError } from '../model/errors.ts';
import type { Params, ParamValue } from '../model/params.ts';
import { didYouMean } from '../model/nearest.ts';

// Text form of a strategy (night.md N24): name, or name[key=value,...]; values are JSON scalars or bare words.

export interface StrategyText {
  readonly name: string;
  readonly given: Params;
}

/** What is known of a strategy's parameters. */
export interface ParamSchema {
  readonly name: string;
  readonly defaults: Params;
  readonly choices?: Readonly<Partial<Record<string, readonly ParamValue[]>>>;
}

const valueForms = 'a number, true, false, null, a word or a "quoted text"';
// A parameter up to its comma: key = value, where a value is a quoted text or has none of , [ ] { } = " in it.
const paramForm = /^\s*([A-Za-z]\w*)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,=[\]{}"|]+)\s*(?:,|$)/u;
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;
const wordForm = /^[A-Za-z][\w.-]*$/u;
const literals: Record<string, ParamValue> = { true: true, false: false, null: null };

/** @throws {UserError} where the text has another form */
export function parseStrategyText(text: string): StrategyText {
  const open = text.indexOf('[');
  const name = (open < 0 ? text : text.slice(0, open)).trim();
  const rest = open < 0 ? '[]' : text.slice(open).trim();
  if (name === '' || name.includes(']') || !rest.endsWith(']'))
    throw new UserError(`strategy "${text}": expected name or name[parameter=value,...]`);
  return { name, given: parseParams(rest.slice(1, -1), text) };
}

function parseParams(list: string, text: string): Params {
  const given = new Map<string, ParamValue>();
  for (let rest = list; rest.trim() !== '';) {
    const match = paramForm.exec(rest);
    if (match === null)
      throw new UserError(
        `strategy "${text}": cannot read "${rest.trim()}"; expected parameter=value, where a value is ${valueForms}`,
      );
    const [whole, key, value] = match as unknown as [string, string, string];
    if (given.has(key)) throw new UserError(`strategy "${text}": parameter "${key}" is given twice`);
    given.set(key, parseValue(value, text));
    rest = rest.slice(whole.length);
  }
  return Object.fromEntries(given);
}

function parseValue(value: string, text: string): ParamValue {
  if (Object.hasOwn(literals, value)) return literals[value]!;
  if (wordForm.test(value)) return value;
  if (numberForm.test(value) && Number.isFinite(Number(value))) return Number(value) + 0; // -0 becomes 0
  const unquoted = value.startsWith('"') ? unquote(value) : null;
  if (unquoted !== null) return unquoted;
  throw new UserError(`strategy "${text}": "${value}" is no value; a value is ${valueForms}`);
}

function unquote(value: string): string | null {
  try {
    return JSON.parse(value) as string;
  } catch {
    return null; // a quoted text with a raw line break or a wrong escape: the caller says so
  }
}

/** The canonical text: only what differs from the defaults, in the order of the defaults. */
export function formatStrategyText(name: string, params: Params, defaults: Params): string {
  const differing = Object.keys(defaults).filter(
    (key) => params[key] !== undefined && params[key] !== defaults[key],
  );
  if (differing.length === 0) return name;
  return `${name}[${differing.map((key) => `${key}=${formatValue(params[key]!)}`).join(',')}]`;
}

const formatValue = (value: ParamValue) =>
  typeof value === 'string' && wordForm.test(value) && !Object.hasOwn(literals, value)
    ? value
    : JSON.stringify(value);

/**
 * All parameters of a strategy: what was given over the defaults, in the order of the defaults.
 *
 * @throws {UserError} for every unknown name and wrong value
 */
export function resolveParams(strategy: ParamSchema, given: Params): Params {
  const { name, defaults, choices } = strategy;
  const known = Object.keys(defaults);
  const problems: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, key)) {
      const list = known.length === 0 ? 'it has none' : `known: ${known.join(', ')}`;
      problems.push(`${name}: no parameter "${key}"${didYouMean(key, known)}; ${list}`);
      continue;
    }
    const expected = whatIsWrong(value, defaults[key]!, choices?.[key]);
    if (expected !== null)
      problems.push(`${name}: ${key}=${formatValue(value)} is not valid; expected ${expected}`);
  }
  if (problems.length > 0) throw new UserError(problems);
  return Object.fromEntries(
    known.map((key) => [key, Object.hasOwn(given, key) ? given[key]! : defaults[key]!]),
  );
}

/** What a value should have been; null = it is right. */
function whatIsWrong(
  value: ParamValue,
  byDefault: ParamValue,
  choices: readonly ParamValue[] | undefined,
): string | null {
  if (choices !== undefined)
    return choices.includes(value) ? null : `one of ${choices.map(formatValue).join(', ')}`;
  const isNumber = typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (byDefault === null) return value === null || isNumber ? null : 'null or a number of at least 0';
  if (typeof byDefault === 'number') return isNumber ? null : 'a number of at least 0';
  if (typeof byDefault === 'boolean') return typeof value === 'boolean' ? null : 'true or false';
  return typeof value === 'string' ? null : 'a word or a "quoted text"';
}
