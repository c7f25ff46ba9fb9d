import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UnusableError } from '../model/errors.ts';
import type { Kind, Row } from '../model/kind.ts';
import { compareCells, costCsv, shakenCsv, trialsCsv } from '../report/csv.ts';
import { itemsHeader, prefixItems } from '../report/item-csv.ts';
import { writeAtomic, writeAtomicParts, writing } from './atomic-write.ts';
import { short } from './find-cell.ts';
import type { Entry } from './journal.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import { readPieces } from './read-text.ts';
import { judgeFolder, robustnessFile, shakenFile, sweepFile, trialsFile } from './result-files.ts';
import { sideFile } from './run-cells.ts';
import { chartsFolder, writeCharts } from './write-charts.ts';

const tables = (kind: Kind): string[] => [trialsFile, 'cost.csv', `${kind.itemTable}.csv`];

/** Takes away what an earlier run made of its rows: results that lie in a folder are those of its manifest. */
export function removeResults(folder: string, kind: Kind): void {
  for (const name of [...tables(kind), shakenFile, sweepFile, robustnessFile, judgeFolder, chartsFolder])
    writing(join(folder, name), () => rmSync(join(folder, name), { recursive: true, force: true }));
}

/**
 * Writes tables and charts, each as a whole or not at all: the same bytes for the same cells.
 *
 * Shaken copies have a table of their own, and no part in the others.
 *
 * @param all sorted by `compareEntries`
 * @returns names of what was written, from the folder
 * @throws {WriteError | UnusableError}
 */
export async function writeResults(
  folder: string,
  plan: Plan,
  all: readonly Entry[],
  progress: Progress,
): Promise<readonly string[]> {
  const { kind } = plan;
  const entries = all.filter(isPlain);
  const shaken = all.filter((entry) => !isPlain(entry));
  const rows = entries.map(rowOf);
  const [trials, cost, items] = tables(kind) as [string, string, string];
  writeAtomic(join(folder, trials), trialsCsv(rows, kind));
  writeAtomic(
    join(folder, cost),
    costCsv(entries.map((entry) => ({ ...nameOf(entry), cost: { ...entry.cost, cell: short(entry.key) } }))),
  );
  writeAtomicParts(join(folder, items), itemsParts(folder, kind, entries));
  if (shaken.length > 0) writeAtomic(join(folder, shakenFile), shakenCsv(shaken.map(rowOf), kind));
  const hasCharts = await writeCharts(folder, plan, rows, progress);
  return [
    trials,
    ...(shaken.length > 0 ? [shakenFile] : []),
    cost,
    items,
    ...(hasCharts ? [`${chartsFolder}/`] : []),
  ];
}

export const rowOf = ({ document, documentHash, spec, outcome }: Entry): Row => ({
  document,
  documentHash,
  ...spec,
  outcome,
});

export const isPlain = ({ spec }: Pick<Entry, 'spec'>): boolean => spec.shake === undefined;

/** The one order of results, whatever order the cells finished in. */
export const compareEntries = (a: Entry, b: Entry): number => compareCells(nameOf(a), nameOf(b));

const nameOf = ({ document, spec }: Entry) => ({ document, ...spec });

function* itemsParts(folder: string, kind: Kind, entries: readonly Entry[]): Generator<string> {
  yield itemsHeader(kind.itemColumns);
  for (const entry of entries) yield* prefixItems(nameOf(entry), sideFilePieces(folder, entry));
}

/** Of a million items: it need not be in memory. */
function* sideFilePieces(folder: string, { key, items }: Entry): Generator<string> {
  const path = sideFile(folder, key);
  const hash = createHash('sha256');
  const text = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const bytes of readPieces(path)) {
    hash.update(bytes);
    yield text.decode(bytes, { stream: true });
  }
  yield text.decode();
  if (hash.digest('hex') !== items.hash)
    throw new UnusableError(`${path} is damaged: it does not fit the journal; delete it and run again`);
}
