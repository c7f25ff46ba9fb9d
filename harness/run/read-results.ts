import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UnusableError, UserError } from '../model/errors.ts';
import type { Kind, Row } from '../model/kind.ts';
import { compareCells, type CellName } from '../report/csv.ts';
import { shakenFile, trialsFile } from './result-files.ts';

const manifestSchema = z.object({
  schema: z.literal(1),
  state: z.enum(['running', 'complete']),
  kind: z.string(),
  executor: z.string(),
  metricVersions: z.record(z.string(), z.int()),
  cells: z.array(
    z.object({
      document: z.string(),
      strategy: z.string(),
      clusterSeed: z.int(),
      nightSeed: z.int(),
      shake: z.int().exactOptional(),
    }),
  ),
});

/** What a folder holds, as tables say it: without series and notes. */
export interface Results {
  readonly folder: string;
  readonly kind: string;
  readonly executor: string;
  /** of the definitions that its values were computed by */
  readonly metricVersions: Readonly<Record<string, number>>;
  /** cells, shaken copies apart, as `cellText` writes them */
  readonly planned: ReadonlySet<string>;
  /** sorted by `compareCells` */
  readonly rows: readonly Row[];
  /** by shaken copy, from the first */
  readonly shaken: readonly (readonly Row[])[];
}

/**
 * Reads a finished result folder: manifest.json, trials.csv and, where there is one, shaken.csv.
 *
 * @throws {UserError} where there is no such folder
 * @throws {UnusableError} where it holds no whole results
 */
export function readResults(folder: string): Results {
  if (!existsSync(folder)) throw new UserError(`${folder}: no such folder of results`);
  const manifest = readManifest(join(folder, 'manifest.json'));
  const trials = join(folder, trialsFile);
  if (manifest.state === 'running' || !existsSync(trials))
    throw new UnusableError(`${folder}: its run has not ended; run it to its end first`);
  const shakenPath = join(folder, shakenFile);
  const copies = existsSync(shakenPath) ? readRows(shakenPath) : [];
  const most = copies.reduce((max, { shake = 0 }) => Math.max(max, shake), 0);
  const rows = readRows(trials);
  if (rows.length === 0) throw new UnusableError(`${trials} holds no cells`);
  return {
    folder,
    kind: manifest.kind,
    executor: manifest.executor,
    metricVersions: manifest.metricVersions,
    planned: new Set(manifest.cells.filter(({ shake }) => shake === undefined).map(cellText)),
    rows,
    shaken: Array.from({ length: most }, (_, i) => copies.filter(({ shake }) => shake === i + 1)),
  };
}

function readManifest(path: string): z.output<typeof manifestSchema> {
  if (!existsSync(path)) throw new UnusableError(`${path} is missing: that is no folder of results`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UnusableError(`${path} is damaged: no JSON`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnusableError(
    `${path} is damaged, or of another version: ${issue?.path.join('.')}: ${issue?.message}; the same run again writes it anew`,
  );
}

const status = z.enum(['ok', 'decision-invalid', 'unsupported', 'crashed', 'timeout', 'lost']);
const names = ['document', 'document_hash', 'strategy', 'cluster_seed', 'night_seed', 'status', 'message'];
const notValues = new Set([...names, 'shake']);

function readRows(path: string): Row[] {
  let records: Record<string, string>[];
  try {
    records = parse(readFileSync(path, 'utf8'), { columns: true });
  } catch (error) {
    throw new UnusableError(`${path} is damaged: ${(error as Error).message}`);
  }
  const wrong = names.find((name) => records[0] !== undefined && records[0][name] === undefined);
  if (wrong !== undefined) throw new UnusableError(`${path} has no column ${wrong}`);
  return records.map((record, i) => rowOf(record, `${path}:${i + 2}`)).toSorted(compareCells);
}

function rowOf(record: Record<string, string>, place: string): Row {
  const of = (name: string) => record[name] ?? '';
  const state = status.safeParse(of('status'));
  const [clusterSeed, nightSeed, shake] = ['cluster_seed', 'night_seed', 'shake'].map((n) => Number(of(n)));
  if (!state.success || !Number.isInteger(clusterSeed) || !Number.isInteger(nightSeed))
    throw new UnusableError(`${place} is damaged: no status or no seeds`);
  return {
    document: of('document'),
    documentHash: of('document_hash'),
    strategy: of('strategy'),
    clusterSeed: clusterSeed!,
    nightSeed: nightSeed!,
    ...(shake === 0 ? {} : { shake: shake! }),
    outcome: {
      status: state.data,
      message: of('message') || null,
      metrics: Object.fromEntries(
        Object.entries(record).flatMap(([name, text]) =>
          notValues.has(name) ? [] : [[name, valueOf(text)]],
        ),
      ),
      notes: {},
      series: {},
    },
  };
}

/** Empty is no value; a note is none either. A spreadsheet's guard stands before a minus sign. */
function valueOf(text: string): number | null {
  const value = Number(text.replace(/^'(?=-)/u, ''));
  return text === '' || !Number.isFinite(value) ? null : value;
}

/**
 * Several folders as one. A cell that two of them hold must be the same in both.
 *
 * @throws {UnusableError}
 */
export function mergeResults(all: readonly Results[], kind: Pick<Kind, 'name' | 'metrics'>): Results {
  const [first] = all as readonly [Results, ...Results[]];
  for (const { folder, kind: name, executor } of all)
    if (name !== first.kind || executor !== first.executor)
      throw new UnusableError(
        `${folder} is of ${name} (${executor}), ${first.folder} of ${first.kind} (${first.executor})`,
      );
  const copies = all.reduce((most, { shaken }) => Math.max(most, shaken.length), 0);
  return {
    ...first,
    planned: new Set(all.flatMap(({ planned }) => [...planned])),
    rows: mergeRows(
      all.map(({ rows }) => rows),
      all,
      kind,
    ),
    shaken: Array.from({ length: copies }, (_, i) =>
      mergeRows(
        all.map(({ shaken }) => shaken[i] ?? []),
        all,
        kind,
      ),
    ),
  };
}

/** Names a cell, whatever computed it. */
export const cellText = (cell: CellName): string =>
  JSON.stringify([cell.document, cell.strategy, cell.clusterSeed, cell.nightSeed]);

function mergeRows(
  lists: readonly (readonly Row[])[],
  all: readonly Results[],
  kind: Pick<Kind, 'metrics'>,
): Row[] {
  const byKey = new Map<string, { row: Row; folder: string }>();
  for (const [i, list] of lists.entries())
    for (const row of list) {
      const { document, documentHash, strategy, clusterSeed, nightSeed } = row;
      const key = cellText(row);
      const before = byKey.get(key);
      const folder = all[i]!.folder;
      if (before !== undefined && !isSame(before.row, row, kind))
        throw new UnusableError(
          `${before.folder} and ${folder} differ in one cell: ${document} under ${strategy} (cluster seed ${clusterSeed}, night seed ${nightSeed})` +
            (before.row.documentHash === documentHash
              ? '; `gate` compares two versions'
              : ', as the documents differ'),
        );
      byKey.set(key, { row, folder });
    }
  return [...byKey.values()].map(({ row }) => row).toSorted(compareCells);
}

const isSame = (a: Row, b: Row, { metrics }: Pick<Kind, 'metrics'>): boolean =>
  a.documentHash === b.documentHash &&
  a.outcome.status === b.outcome.status &&
  metrics.every(({ name }) => a.outcome.metrics[name] === b.outcome.metrics[name]);
