import { jsonLine, type ParsedLine, yamlLine } from './parsed-line.ts';
import type { Path } from './problem.ts';
import type { Keep, Position, Source } from './source.ts';

/**
 * Reads a document in the layout that we write ourselves, one line for each thing of a list (kit/document-lines.ts): line by
 * line, so that a million things need no string that holds them all.
 *
 * @param sourceOf reads one line by itself, positions from 1:1
 * @returns null = another layout, or something is wrong with it: a reader of whole texts says what
 */
export function readLines(
  lines: () => Iterable<string>,
  sourceOf: (text: string) => Pick<Source, 'locate'>,
  keep: Keep = (_, thing) => thing,
): Source | null {
  const places = new Map<string, Place>();
  const value = collect(lines(), places, keep);
  if (value === null) return null;
  let texts: readonly string[] | null = null;
  return {
    value,
    locate(path, at) {
      // positions are wanted only when something is wrong: then the lines are read once more
      texts ??= [...lines()];
      return locateIn({ places, texts, sourceOf }, path, at);
    },
  };
}

/** Where the value of a key stands. */
interface Place {
  /** of the key, from 0; things of a list are in the lines after it */
  readonly line: number;
  readonly isList: boolean;
  readonly parse: (line: string) => ParsedLine | null;
}

function collect(
  lines: Iterable<string>,
  places: Map<string, Place>,
  keep: Keep,
): Record<string, unknown> | null {
  const value: Record<string, unknown> = {};
  let parse: Place['parse'] | null = null;
  let list: unknown[] | null = null;
  let listKey = '';
  /** what the lines so far leave open; null = nothing was read yet */
  let last: ParsedLine | null = null;
  let number = -1;
  for (const line of lines) {
    number++;
    if (isBlank(line)) {
      if (list !== null) return null; // things are found by their number
      continue;
    }
    parse ??= line === '{' ? jsonLine : yamlLine;
    const parsed: ParsedLine | null = parse(line);
    if (parsed === null || !mayFollow(last, parsed)) return null;
    last = parsed;
    if (parsed.is === 'thing') {
      if (list === null) return null;
      list.push(keep(listKey, parsed.value));
      continue;
    }
    if (list?.length === 0) return null; // YAML calls that null
    list = null;
    if (parsed.is !== 'list' && parsed.is !== 'value') continue;
    if (places.has(parsed.key)) return null;
    listKey = parsed.key;
    places.set(parsed.key, { line: number, isList: parsed.is === 'list', parse });
    value[parsed.key] = parsed.is === 'list' ? (list = []) : parsed.value;
  }
  return last !== null && isEnd(last) && list?.length !== 0 ? value : null;
}

const isBlank = (line: string): boolean => /^\s*(?:#.*)?$/u.test(line);

/** Of JSON: commas stand between things and nowhere else. Lines of YAML do not know of `comma`. */
function mayFollow(last: ParsedLine | null, next: ParsedLine): boolean {
  if (last === null) return next.is === 'begin' || next.comma === undefined;
  if (last.is === 'end') return false;
  if (last.comma === undefined) return next.comma === undefined && next.is !== 'begin';
  const isOpen = last.is === 'list' || last.is === 'thing';
  if (next.is === 'thing') return isOpen && (last.is === 'list' || last.comma);
  if (next.is === 'list end') return last.is === 'thing' && !last.comma;
  if (next.is === 'end') return !isOpen && !last.comma;
  return !isOpen && (last.is === 'begin' || last.comma);
}

const isEnd = (last: ParsedLine): boolean => last.is === 'end' || last.comma === undefined;

interface Located {
  readonly places: ReadonlyMap<string, Place>;
  readonly texts: readonly string[];
  readonly sourceOf: (text: string) => Pick<Source, 'locate'>;
}

function locateIn({ places, texts, sourceOf }: Located, path: Path, at: 'value' | 'key'): Position {
  const [key, index] = path;
  const place = places.get(String(key));
  if (place === undefined) return { line: 1, column: 1 };
  if (at === 'key' && path.length === 1) return { line: place.line + 1, column: 1 };
  const isThing = place.isList && typeof index === 'number';
  const line = place.line + (isThing ? index + 1 : 0);
  const parsed = place.parse(texts[line] ?? '');
  if (parsed === null || !('text' in parsed)) return { line: place.line + 1, column: 1 };
  const inside = sourceOf(parsed.text).locate(path.slice(isThing ? 2 : 1), at);
  return { line: line + 1, column: texts[line]!.indexOf(parsed.text) + inside.column };
}
