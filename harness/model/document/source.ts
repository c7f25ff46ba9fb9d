import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document as YamlDocument, Node, Pair, YAMLMap } from 'yaml';
import { UserError } from '../errors.ts';
import type { TextLines } from '../text-lines.ts';
import { readLines } from './line-source.ts';
import type { Path } from './problem.ts';
import { countKeys, countWrittenKeys } from './written-keys.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text that was read: its value, and where in the text a part of it stands. */
export interface Source {
  readonly value: unknown;
  /** the deepest part of the path that is there */
  locate(path: Path, at: 'value' | 'key'): Position;
}

/** What is kept of a thing of a list of the document, in its place. */
export type Keep = (key: string, thing: unknown) => unknown;

/**
 * Reads YAML 1.2 or JSON; a text that is too long for one string in our own layout alone.
 *
 * @param path of the file, for messages
 * @param keep asked where the text is read line by line; the value holds what it returns
 * @throws {UserError} with every syntax error, duplicate key and unknown alias or tag
 */
export function readSource(text: string | TextLines, path: string, keep: Keep = (_, thing) => thing): Source {
  if (typeof text !== 'string') return readLong(text, path, keep);
  const json = readJson(text);
  if (json === undefined) return readOurs(() => text.split('\n'), path, keep) ?? readYaml(text, path);
  // Positions are wanted only when something is wrong: then JSON is read once more, as the YAML that it is.
  let yaml: Source | null = null;
  return { value: json, locate: (where, at) => (yaml ??= readYaml(text, path)).locate(where, at) };
}

/** What we have written ourselves is read line by line, YAML ten times as fast as any other. */
const readOurs = (lines: () => Iterable<string>, path: string, keep: Keep): Source | null =>
  readLines(lines, (line) => readYaml(line, path), keep);

function readLong(text: TextLines, path: string, keep: Keep): Source {
  const source = readOurs(() => text.lines(), path, keep);
  if (source !== null) return source;
  throw new UserError(
    `${path}: too long to be read as one text, and not written with each thing of a list in a line of its own, as generate and import write it; write it so`,
  );
}

/** JSON by the fast way; undefined = it is none, or has a key twice (which JSON.parse would not mind). */
function readJson(text: string): unknown {
  if (!/^\s*\{/u.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countKeys(value) === countWrittenKeys(text) ? value : undefined;
  } catch {
    return undefined; // the YAML reader says what is wrong, and where
  }
}

function readYaml(text: string, path: string): Source {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems = syntaxProblems(yaml, text);
  if (problems.length > 0)
    throw new UserError(
      problems.map(({ offset, message }) => {
        const { line, column } = positionOf(offset);
        return `${path}:${line}:${column} ${message}`;
      }),
    );
  return {
    value: valueOf(yaml, path),
    locate: (where, at) => positionOf(offsetOf(yaml, where, at)),
  };
}

function valueOf(yaml: YamlDocument, path: string): unknown {
  try {
    return yaml.toJS();
  } catch (error) {
    // aliases that multiply without end
    throw new UserError(
      `${path}:1:1 ${String((error as Error).message)}; write out what the aliases stand for`,
    );
  }
}

interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

/** What is no slip of syntax: reading went on behind it as if nothing had been. */
const explanations: Record<string, (message: string, rest: string) => string> = {
  DUPLICATE_KEY: (_, rest) => `key "${/^["']?([^"'\s:]*)/u.exec(rest)?.[1]}" is given twice; keep one`,
  MULTIPLE_DOCS: () => 'a second document begins here; a file holds one',
  TAG_RESOLVE_FAILED: (message) => `${message}; leave the tag out`,
};

function syntaxProblems(yaml: YamlDocument, text: string): SyntaxProblem[] {
  const problems: SyntaxProblem[] = danglingAliases(yaml);
  const slips: SyntaxProblem[] = [];
  for (const { code, message, pos } of [...yaml.errors, ...yaml.warnings]) {
    const explained = explanations[code]?.(message, text.slice(pos[0]));
    if (explained !== undefined) problems.push({ offset: pos[0], message: explained });
    else slips.push({ offset: pos[0], message: slipOf(code, message) });
  }
  const byOffset = (a: SyntaxProblem, b: SyntaxProblem) => a.offset - b.offset;
  // Of slips only the first: what follows is mostly its echo.
  return [...problems, ...slips.toSorted(byOffset).slice(0, 1)].toSorted(byOffset);
}

function slipOf(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line; indent with spaces';
  return `not readable as YAML or JSON: ${message.replace(/\s+/gu, ' ')}`;
}

function danglingAliases(yaml: YamlDocument): SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  visit(yaml, {
    Alias(_, alias) {
      if (alias.resolve(yaml) === undefined)
        found.push({
          offset: startOf(alias) ?? 0,
          message: `alias "*${alias.source}" has no anchor; expected "&${alias.source}" before it`,
        });
    },
  });
  return found;
}

function offsetOf(yaml: YamlDocument, path: Path, at: 'value' | 'key'): number {
  let node: unknown = yaml.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const whole = isAlias(node) ? node.resolve(yaml) : node;
    const pair = isMap(whole) ? findPair(whole, step) : undefined;
    const next = isSeq(whole) ? whole.items[step as number] : pair?.value;
    const isLast = depth === path.length - 1;
    const start = (isLast && at === 'key' ? startOf(pair?.key) : startOf(next)) ?? startOf(pair?.key);
    if (start === undefined) break;
    offset = start;
    node = next;
  }
  return offset;
}

const findPair = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === String(key));

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
