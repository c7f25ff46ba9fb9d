import { countKeys, countWrittenKeys } from './written-keys.ts';

/** A line of a document in our own layout. `comma`: of JSON alone, whether one ends it. */
export type ParsedLine = { readonly comma?: boolean } & (
  | { readonly is: 'begin' | 'end' | 'list end' }
  | { readonly is: 'list'; readonly key: string }
  | { readonly is: 'value'; readonly key: string; readonly text: string; readonly value: unknown }
  | { readonly is: 'thing'; readonly text: string; readonly value: unknown }
);

/** @returns null = no line of this layout */
export function jsonLine(line: string): ParsedLine | null {
  if (line === '{') return { is: 'begin', comma: false };
  if (line === '}') return { is: 'end', comma: false };
  const comma = line.endsWith(',');
  const body = comma ? line.slice(0, -1) : line;
  if (body === ']') return { is: 'list end', comma };
  if (body.startsWith('  {')) {
    const text = body.slice(2);
    return valued(parseJson(text), (value) => ({ is: 'thing', text, value, comma }));
  }
  const [, key, text] = /^"(\w+)": (.+)$/u.exec(body) ?? [];
  if (key === undefined || text === undefined) return null;
  if (text === '[') return { is: 'list', key, comma };
  return valued(parseJson(text), (value) => ({ is: 'value', key, text, value, comma }));
}

/** @returns null = no line of this layout */
export function yamlLine(line: string): ParsedLine | null {
  if (line.startsWith('  - {')) {
    const text = line.slice(4);
    return valued(parseFlow(text), (value) => ({ is: 'thing', text, value }));
  }
  const [, key, text] = /^(\w+):(?: (.+))?$/u.exec(line) ?? [];
  if (key === undefined) return null;
  if (text === undefined) return { is: 'list', key };
  return valued(parseFlow(text), (value) => ({ is: 'value', key, text, value }));
}

const valued = (value: unknown, line: (value: unknown) => ParsedLine): ParsedLine | null =>
  value === undefined ? null : line(value);

/** @returns undefined = no JSON, or a key of it is given twice */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // written again it is the same text nearly always: then no key was lost, and that is known sooner than by counting
    const isWhole = JSON.stringify(value) === text || countKeys(value) === countWrittenKeys(text);
    return isWhole ? value : undefined;
  } catch {
    return undefined;
  }
}

/** YAML in flow style, where it is JSON but for quotes around plain words. @returns undefined = it is more than that */
function parseFlow(text: string): unknown {
  let isPlain = true;
  const json = text.replaceAll(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+(?::(?=\S))?/gu, (token) => {
    if (token.startsWith('"') || literal.test(token)) return token;
    if (!word.test(token) || notWords.test(token)) isPlain = false;
    return `"${token}"`;
  });
  return isPlain ? parseJson(json) : undefined;
}

const literal = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/u;
const word = /^[A-Za-z][\w.-]*$/u;
/** YAML takes them for something else */
const notWords = /^(?:true|false|null)$/iu;
