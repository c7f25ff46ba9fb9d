import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../kit/canonical.ts';
import type { LiveResult, LiveSetup } from '../model/kind.ts';
import { itemsOf } from './items.ts';
import { discard, writeFully, writing } from './atomic-write.ts';
import type { Plan, PlannedCell } from './plan.ts';
import { sideFile, type CellPool } from './run-cells.ts';
import { createDocumentReader, createSharing } from './shared-documents.ts';

export interface LiveOptions {
  readonly options: LiveSetup['options'];
  /** of one cell */
  readonly threads: number;
}

export interface LivePoolOptions extends LiveOptions {
  readonly folder: string;
  readonly stop: AbortSignal;
  /** keys of all cells that the journal holds, asked for or not */
  readonly done: ReadonlySet<string>;
}

/** @throws {UserError} for options that do not fit, before anything is written */
export function checkLive({ kind, documents, cells }: Plan, { options, threads }: LiveOptions): void {
  if (kind.checkLive === undefined) return;
  const [reader, share] = [createDocumentReader(kind), createSharing()];
  for (const document of documents) {
    const cell = cells.find((one) => one.document.hash === document.hash);
    if (cell !== undefined)
      kind.checkLive(reader.at(share(document), cell.spec.clusterSeed), cell.spec, { options, threads });
  }
}

/** Cells on the wall clock, one at a time, on threads that the kind itself starts. What happens is noted line by line. */
export function createLivePool(
  { kind }: Plan,
  { options, threads, folder, stop, done }: LivePoolOptions,
): CellPool {
  removeLeftovers(folder, done);
  const [reader, share] = [createDocumentReader(kind), createSharing()];
  async function live(cell: PlannedCell, note: (row: object) => void): Promise<LiveResult | null> {
    const { document, spec } = cell;
    try {
      return await kind.live!(reader.at(share(document), spec.clusterSeed), spec, {
        options,
        threads,
        note,
        folder: filesFolder(folder, cell.key),
        signal: stop,
      });
    } catch (error) {
      if (stop.aborted) return null;
      throw error;
    }
  }

  return {
    async compute(cell) {
      const notes = openNotes(notesFile(folder, cell.key));
      let isWhole = false;
      try {
        const result = await live(cell, notes.note);
        if (result === null) return null;
        isWhole = true;
        const { outcome, items, cost } = result;
        return { outcome: canonicalJson(outcome), items: itemsOf(items), cost };
      } finally {
        notes.close();
        if (!isWhole) discard(filesFolder(folder, cell.key));
      }
    },
    async destroy() {},
  };
}

/** What a cell told while it ran: of one that was cut off, all that is left. */
export const notesFile = (folder: string, key: string): string =>
  sideFile(folder, key).replace(/\.csv$/u, '.ndjson');

/** For files of one cell. */
const filesFolder = (folder: string, key: string): string => join(folder, 'files', key);

/** What cells were writing when a run was killed. */
function removeLeftovers(folder: string, done: ReadonlySet<string>): void {
  const keys = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readdirSync(path) : [];
  };
  for (const key of keys('files')) if (!done.has(key)) discard(filesFolder(folder, key));
  for (const file of keys('items'))
    if (file.endsWith('.ndjson') && !done.has(file.replace(/\.ndjson$/u, '')))
      discard(join(folder, 'items', file));
}

/** Begins anew: what a killed run has noted of the cell is of no more use. A row is one line, written at once. */
function openNotes(path: string): { note: (row: object) => void; close: () => void } {
  const file = writing(path, () => openSync(path, 'w'));
  return {
    note: (row) => writing(path, () => writeFully(file, Buffer.from(`${JSON.stringify(row)}\n`))),
    close: () => closeSync(file),
  };
}
