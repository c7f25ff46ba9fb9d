import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UnusableError, UserError } from '../model/errors.ts';
import type { Kind, LoadedDocument, MadeDocument } from '../model/kind.ts';
import { compareText } from '../report/csv.ts';
import { isPassing, readJournal, type Entry } from './journal.ts';
import { findKind, loadKinds } from './kinds.ts';
import { readText } from './read-text.ts';
import { varyDocument } from './vary-inputs.ts';

/** A cell of a result folder, and what it takes to compute it again. */
export interface FoundCell {
  /** as it was asked for */
  readonly reference: string;
  readonly kind: Kind;
  readonly entry: Entry;
  /** the very content that the cell was computed with */
  readonly document: LoadedDocument;
}

export interface FindOptions {
  readonly kindsUrl: string;
  /** the file of its document, where it is not where the manifest says; null = it is */
  readonly document: string | null;
}

/**
 * @param reference DIR#KEY, any unique prefix of the key (night.md N29)
 * @throws {UserError} where it names no cell, or several: with those that there are
 * @throws {UnusableError} where its document has changed
 */
export async function findCell(
  reference: string,
  { kindsUrl, document: file }: FindOptions,
): Promise<FoundCell> {
  const { folder, prefix } = parseReference(reference);
  const entry = pickEntry(reference, prefix, entriesOf(folder));
  if (isPassing(entry.outcome))
    throw new UserError(`${reference} was not computed (${entry.outcome.status}); run it again`);
  const manifest = readManifest(folder);
  const kind = findKind(await loadKinds(kindsUrl), manifest.kind);
  if (kind === undefined) throw new UnusableError(`${folder}: no kind of experiment "${manifest.kind}"`);
  if (kind.executor !== manifest.executor)
    throw new UserError(
      `${folder} holds nights on the wall clock, which are not the same twice; run the document to have them simulated`,
    );
  const document = documentOf(entry, { kind, folder, manifest, file });
  await kind.prepare?.();
  return { reference, kind, entry, document };
}

export interface FoundCells {
  /** what its cells were computed by */
  readonly executor: string;
  readonly cells: readonly FoundCell[];
}

/**
 * All cells of a result folder that the last run asked for and that have a result.
 *
 * @throws {UserError | UnusableError} as `findCell`
 */
export async function findCells(
  folder: string,
  { kindsUrl, document: file }: FindOptions,
): Promise<FoundCells> {
  const entries = entriesOf(folder);
  const manifest = readManifest(folder);
  const kind = findKind(await loadKinds(kindsUrl), manifest.kind);
  if (kind === undefined) throw new UnusableError(`${folder}: no kind of experiment "${manifest.kind}"`);
  await kind.prepare?.();
  const asked = new Set(manifest.cells.map(({ key }) => key));
  const cells = entries
    .filter(({ key, outcome }) => asked.has(key) && outcome.status === 'ok')
    .map((entry): FoundCell => ({
      reference: `${folder}#${short(entry.key)}`,
      kind,
      entry,
      document: documentOf(entry, { kind, folder, manifest, file }),
    }));
  return { executor: manifest.executor, cells };
}

/** Enough of a key to type; `findCell` takes any prefix that is unique. */
export const short = (key: string): string => key.slice(0, 12);

/** Names a cell in a sentence. */
export const cellName = ({ document, spec }: Pick<Entry, 'document' | 'spec'>): string =>
  `${document} under ${spec.strategy} (cluster seed ${spec.clusterSeed}, night seed ${spec.nightSeed}${spec.shake === undefined ? '' : `, shaken ${spec.shake}`})`;

function parseReference(reference: string): { folder: string; prefix: string } {
  const at = reference.lastIndexOf('#');
  if (at < 0) return { folder: reference, prefix: '' };
  return { folder: reference.slice(0, at) || '.', prefix: reference.slice(at + 1).toLowerCase() };
}

/** The last word on each cell. */
function entriesOf(folder: string): Entry[] {
  const path = join(folder, 'journal.ndjson');
  if (!existsSync(path)) throw new UserError(`${folder} holds no results: there is no ${path}`);
  const entries = new Map<string, Entry>();
  for (const entry of readJournal(path))
    if (!isPassing(entry.outcome) || !entries.has(entry.key)) entries.set(entry.key, entry);
  return [...entries.values()];
}

const mostListed = 20;

function pickEntry(reference: string, prefix: string, entries: readonly Entry[]): Entry {
  const found = entries.filter(({ key }) => key.startsWith(prefix));
  if (found.length === 1) return found[0]!;
  const listed = found.length === 0 ? entries : found;
  const what =
    prefix === '' ? 'name a cell as DIR#KEY' : found.length === 0 ? 'no such cell' : 'several cells';
  const lines = linesOf(listed);
  const left = lines.length - mostListed;
  const more = left > 0 ? [`and ${left} more: explain DIR lists them all`] : [];
  throw new UserError(
    [`${reference}: ${what}; there are:`, ...lines.slice(0, mostListed), ...more].join('\n  '),
  );
}

/** Every cell that was computed, with enough of its key to ask about it. @throws {UserError} where there are no results */
export const cellLines = (folder: string): string[] =>
  linesOf(entriesOf(folder).filter(({ outcome }) => !isPassing(outcome)));

const linesOf = (entries: readonly Entry[]): string[] =>
  entries.map((entry) => `${short(entry.key)}  ${cellName(entry)}`).toSorted(byName);

const byName = (a: string, b: string): number => compareText(a.slice(14), b.slice(14));

const value = z.union([z.string(), z.number()]);

/** What of a manifest it takes to have a document again. */
const manifestSchema = z.object({
  kind: z.string(),
  executor: z.string(),
  cells: z.array(z.object({ key: z.string() })),
  documents: z.array(
    z.object({
      hash: z.string(),
      path: z.string().optional(),
      ref: z.object({ family: z.string(), parameters: z.record(z.string(), value) }).optional(),
      changes: z
        .array(z.union([z.object({ knob: z.string(), value }), z.object({ fault: z.string() })]))
        .default([]),
    }),
  ),
});

type Manifest = z.output<typeof manifestSchema>;

function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new UnusableError(`${path} cannot be used; run again`, { cause: error });
  }
}

/** @throws {UnusableError} where it is not what the cell was computed with */
function documentOf(
  entry: Entry,
  { kind, folder, manifest, file }: { kind: Kind; folder: string; manifest: Manifest; file: string | null },
): LoadedDocument {
  const { document: name, documentHash, spec } = entry;
  const source = manifest.documents.find(({ hash }) => hash === documentHash);
  const changes = source?.changes ?? [];
  const base = baseOf(source, { kind, folder, file });
  if (base === null)
    throw new UserError(`the manifest of ${folder} does not say where ${name} is; --document names its file`);
  const { hash } = varyDocument(base, { kind, changes, name });
  if (hash !== documentHash)
    throw new UnusableError(
      `${folder}: the document ${name} has changed since: now ${short(hash)}, then ${short(documentHash)}`,
    );
  const loaded = 'ref' in base ? kind.generation!.make(base, spec.clusterSeed) : base;
  const varied = changes.length === 0 ? loaded : kind.variation!.apply(loaded, changes);
  const { shake } = spec;
  return shake === undefined ? varied : kind.shake!(varied, { ...spec, shake });
}

/** Without its changes. */
function baseOf(
  source: Manifest['documents'][number] | undefined,
  { kind, folder, file }: { kind: Kind; folder: string; file: string | null },
): LoadedDocument | MadeDocument | null {
  const path = file ?? (source?.path === undefined ? null : join(folder, source.path));
  if (path !== null) return kind.parseDocument(readText(path), path);
  return source?.ref === undefined || kind.generation === undefined
    ? null
    : kind.generation.parse(source.ref.family, source.ref.parameters);
}
