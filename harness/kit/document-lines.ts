import { UserError } from '../model/errors.ts';

// A document as text, one line for each thing of a list: that reads like a table, compares well, and a list may be longer than
// memory or one string, since it is asked for thing by thing. JSON and YAML in the same layout, which the reader of documents
// knows (model/document/line-source.ts).

/** @throws {UserError} for a name that says neither */
export function linesFor(path: string): typeof jsonLines {
  if (/\.json$/iu.test(path)) return jsonLines;
  if (/\.ya?ml$/iu.test(path)) return yamlLines;
  throw new UserError(`${path}: expected a name that ends with .yaml or .json`);
}

/** By key: a list of things (any iterable), or any other value. */
export type LinedDocument = object;

export function* jsonLines(document: LinedDocument): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of entriesOf(document)) {
    yield `${separator}${JSON.stringify(key)}: `;
    if (isListOfThings(value)) yield* jsonList(value);
    else yield JSON.stringify(value);
    separator = ',\n';
  }
  yield '\n}\n';
}

function* jsonList(things: Iterable<unknown>): Generator<string> {
  let separator = '[\n  ';
  for (const thing of things) {
    yield separator + JSON.stringify(thing);
    separator = ',\n  ';
  }
  yield separator === '[\n  ' ? '[]' : '\n]';
}

export function* yamlLines(document: LinedDocument): Generator<string> {
  for (const [key, value] of entriesOf(document))
    if (isListOfThings(value)) yield* yamlList(key, value);
    else if (key === 'ledger') yield `${block({ [key]: value }, '').join('\n')}\n`;
    else yield `${key}: ${flow(value)}\n`;
}

function* yamlList(key: string, things: Iterable<unknown>): Generator<string> {
  let isEmpty = true;
  for (const thing of things) {
    if (isEmpty) yield `${key}:\n`;
    isEmpty = false;
    yield `  - ${flow(thing)}\n`;
  }
  if (isEmpty) yield `${key}: []\n`;
}

const entriesOf = (document: LinedDocument): [string, unknown][] =>
  Object.entries(document).filter(([, value]) => value !== undefined);

/** A list of objects; what is iterable and no array is taken for one. */
const isListOfThings = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  (!Array.isArray(value) || (value.length > 0 && typeof value[0] === 'object'));
function block(map: object, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${indent}${flow(key)}: ${flow(value)}`];
    const isDeep = Object.values(value).some((inner) => typeof inner === 'object');
    return isDeep
      ? [`${indent}${flow(key)}:`, ...block(value, `${indent}  `)]
      : [`${indent}${flow(key)}: ${flow(value)}`];
  });
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? text(value) : JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return pairs.length === 0
    ? '{}'
    : `{ ${pairs.map(([key, inner]) => `${text(key)}: ${flow(inner)}`).join(', ')} }`;
}

/** Plain where YAML cannot take it for anything else than this text, else quoted as in JSON, which YAML reads alike. */
const text = (value: string) =>
  /^[A-Za-z][\w.-]*$/u.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/iu.test(value)
    ? value
    : JSON.stringify(value);
