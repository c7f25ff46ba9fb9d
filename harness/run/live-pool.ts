import { closeSync, openSync } from 'node:fs';
import { canonicalJson } from '../kit/canonical.ts';
import type { LiveResult, LiveSetup } from '../model/kind.ts';
import { itemTableCsv } from '../report/csv.ts';
import { writeFully, writing } from './atomic-write.ts';
import type { Plan, PlannedCell } from './plan.ts';
import { sideFile, type CellPool } from './run-cells.ts';
import { createDocumentReader, shareDocuments } from './shared-documents.ts';

export interface LiveOptions {
  readonly options: LiveSetup['options'];
  /** of one cell */
  readonly threads: number;
}

/** Cells on the wall clock, one at a time, on threads that the kind itself starts. What happens is noted line by line. */
export function createLivePool(
  { kind, documents }: Plan,
  { options, threads, folder, stop }: LiveOptions & { folder: string; stop: AbortSignal },
): CellPool {
  const documentAt = createDocumentReader(shareDocuments(documents), kind);
  async function live(cell: PlannedCell, note: (row: object) => void): Promise<LiveResult | null> {
    const { document, spec } = cell;
    const index = documents.findIndex(({ hash }) => hash === document.hash);
    try {
      return await kind.live!(documentAt(index, spec.clusterSeed), spec, {
        options,
        threads,
        note,
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
      try {
        const result = await live(cell, notes.note);
        if (result === null) return null;
        const { outcome, items, cost } = result;
        return { outcome: canonicalJson(outcome), items: itemTableCsv(items.columns, items.rows), cost };
      } finally {
        notes.close();
      }
    },
    async destroy() {},
  };
}

/** What a cell told while it ran: of one that was cut off, all that is left. */
export const notesFile = (folder: string, key: string): string =>
  sideFile(folder, key).replace(/\.csv$/u, '.ndjson');

/** Begins anew: what a killed run has noted of the cell is of no more use. A row is one line, written at once. */
function openNotes(path: string): { note: (row: object) => void; close: () => void } {
  const file = writing(path, () => openSync(path, 'w'));
  return {
    note: (row) => writing(path, () => writeFully(file, Buffer.from(`${JSON.stringify(row)}\n`))),
    close: () => closeSync(file),
  };
}
