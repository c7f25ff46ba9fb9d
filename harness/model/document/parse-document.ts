import { UserError } from '../errors.ts';
import type { TextLines } from '../text-lines.ts';
import { checkDocument } from './check-document.ts';
import { type Document, type DocumentInput, documentSchema } from './document.ts';
import { formatPath, type Path, type Problem } from './problem.ts';
import { createVmReader, type VmReader } from './read-vm.ts';
import { namesOfKnownKeys, shapeProblems } from './shape-problems.ts';
import { readSource, type Source } from './source.ts';

/** So many problems are shown; the rest is counted. */
const shownProblems = 200;

/**
 * Reads a document from YAML or JSON, fills in its defaults and checks what it means.
 *
 * @param path of the file, for messages
 * @throws {UserError} with every problem as `path:line:column where.in.it: what is wrong; what would be right`
 */
export function parseDocument(text: string | TextLines, path: string): Document {
  const vms = createVmReader();
  const source = readSource(text, path, (key, thing) => (key === 'vms' ? vms.replace(thing) : thing));
  return accept(examine(source.value, vms), (problems) => located(problems, source, path));
}

/**
 * The same for a document that was made, not read.
 *
 * @param name stands where a file would have its path
 * @throws {UserError} with every problem as `name where.in.it: what is wrong; what would be right`
 */
export function acceptDocument(value: unknown, name: string): Document {
  return accept(examine(value), (problems) =>
    problems.map((p) => `${name} ${formatPath(p.path)}: ${p.message}`),
  );
}

function accept(
  { document, problems }: Examined,
  show: (problems: readonly Problem[]) => string[],
): Document {
  if (document !== null && problems.length === 0) return document;
  const lines = show(problems);
  const more = lines.length - shownProblems;
  throw new UserError(more > 0 ? [...lines.slice(0, shownProblems), `and ${more} more problems`] : lines);
}

/** What is to be said of a value that should be a document. */
export interface Examined {
  /** null = it has not the shape of one */
  readonly document: Document | null;
  readonly problems: readonly Problem[];
}

/** For who knows better where the parts of the value come from. */
export function examine(value: unknown, vms: VmReader = createVmReader()): Examined {
  const parsed = shapeOf(value, vms);
  if (parsed.success) return { document: parsed.data, problems: checkDocument(parsed.data) };
  const problems = shapeProblems(parsed.error.issues, value);
  // Where only keys are unknown, what remains without them can be checked in the same go.
  const unknown = problems.filter(({ at }) => at === 'key');
  if (unknown.length < problems.length) return { document: null, problems };
  const rest = structuredClone(value);
  for (const { path } of unknown) removeAt(rest, path);
  const again = documentSchema.safeParse(rest);
  return {
    document: null,
    problems: again.success ? [...problems, ...checkDocument(again.data)] : problems,
  };
}

/** The VMs apart: they are read faster, and what is wrong with one the schema says of the whole. */
function shapeOf(value: unknown, reader: VmReader): ReturnType<typeof documentSchema.safeParse> {
  const list = (value as Partial<DocumentInput> | null | undefined)?.vms;
  const vms = Array.isArray(list) ? reader.readAll(list) : null;
  if (vms !== null) {
    const rest = documentSchema.safeParse({ ...(value as object), vms: [] });
    if (rest.success) return { ...rest, data: { ...rest.data, vms } };
  }
  return documentSchema.safeParse(value, { error: namesOfKnownKeys });
}

function removeAt(value: unknown, path: Path): void {
  let part = value as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) part = part[step] as Record<string | number, unknown>;
  Reflect.deleteProperty(part, path.at(-1)!);
}

function located(problems: readonly Problem[], source: Source, path: string): string[] {
  return problems
    .map((problem) => ({ ...source.locate(problem.path, problem.at), problem }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(
      ({ line, column, problem }) =>
        `${path}:${line}:${column} ${formatPath(problem.path)}: ${problem.message}`,
    );
}
