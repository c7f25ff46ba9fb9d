import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../model/kind.ts';
import { discard, writeUnsynced } from './atomic-write.ts';
import { isPassing, textHash, type Entry, type Journal } from './journal.ts';
import { makeFolder } from './make-folder.ts';
import type { PlannedCell } from './plan.ts';
import type { Progress } from './progress.ts';
import type { Computed } from './task.ts';

/** Where cells are computed. */
export interface CellPool {
  /** @returns null = the run was stopped, and this cell with it */
  compute(cell: PlannedCell): Promise<Computed | null>;
  destroy(): Promise<void>;
}

export interface CellRun {
  readonly cells: readonly PlannedCell[];
  /** those to compute, see `missingCells` */
  readonly missing: readonly PlannedCell[];
  readonly folder: string;
  readonly journal: Journal;
  readonly progress: Progress;
  readonly threads: number;
  /** aborted: no further cell is begun */
  readonly stop: AbortSignal;
}

/**
 * Computes the missing cells, each on a thread, and journals each as it finishes.
 *
 * @param createPool asked only where there is something to compute
 * @returns number of cells computed
 */
export async function runCells(run: CellRun, createPool: () => CellPool): Promise<number> {
  const { cells, missing, folder, progress } = run;
  if (missing.length === 0 || run.stop.aborted) return 0;
  makeFolder(itemsFolder(folder));
  const reused = cells.length - missing.length;
  let notOk = 0;
  let done = 0;
  let failed = false;
  const pool = createPool();

  const cellsLeft = missing.values();
  const begin = () => {
    if (run.stop.aborted || failed) return null;
    const cell = cellsLeft.next().value;
    if (cell === undefined) return null;
    progress.started(labelOf(cell));
    const computed = pool.compute(cell);
    computed.catch(() => {}); // it is waited for below, unless something else failed before
    return { cell, computed };
  };
  const lane = async () => {
    let now = begin();
    while (now !== null) {
      const { cell } = now;
      const computed = await now.computed;
      if (computed === null) return;
      now = begin(); // the thread goes on while this one is written
      const outcome = finish(cell, computed, run);
      done++;
      if (outcome.status !== 'ok') notOk++;
      progress.finished(labelOf(cell), { done: reused + done, reused, notOk, total: cells.length });
    }
  };
  const failing = async () => {
    try {
      await lane();
    } catch (error) {
      failed = true; // one lane has failed: the others begin nothing more
      throw error;
    }
  };
  try {
    await Promise.all(Array.from({ length: run.threads }, failing));
  } finally {
    progress.end();
    await pool.destroy();
  }
  return done;
}

/** What the journal does not hold with its side file whole, or holds only as passed over. */
export const missingCells = (
  cells: readonly PlannedCell[],
  folder: string,
  journal: Pick<Journal, 'entries'>,
): PlannedCell[] =>
  cells.filter(({ key }) => {
    const entry = journal.entries.get(key);
    return entry === undefined || isPassing(entry.outcome) || !hasSideFile(folder, entry);
  });

const itemsFolder = (folder: string): string => join(folder, 'items');
export const sideFile = (folder: string, key: string): string => join(itemsFolder(folder), `${key}.csv`);

function hasSideFile(folder: string, { key, items }: Entry): boolean {
  if (items.bytes === 0) return true; // of a sweep
  return statSync(sideFile(folder, key), { throwIfNoEntry: false })?.size === items.bytes;
}

/** The side file goes first: a line in the journal vouches for it. */
function finish(cell: PlannedCell, computed: Computed, { folder, journal }: CellRun): Outcome {
  const outcome = JSON.parse(computed.outcome) as Outcome;
  const path = sideFile(folder, cell.key);
  try {
    // where the power fails it may be short: the journal knows how long it is
    if (computed.items.bytes > 0) writeUnsynced(path, computed.items.pieces);
    journal.append({
      schema: 1,
      key: cell.key,
      document: cell.document.name,
      documentHash: cell.document.hash,
      spec: { ...cell.spec },
      outcome: outcome as Entry['outcome'],
      outcomeHash: textHash(computed.outcome),
      items: { bytes: computed.items.bytes, hash: computed.items.hash },
      cost: { ...computed.cost },
    });
  } catch (error) {
    if (!journal.entries.has(cell.key)) discard(path);
    throw error;
  }
  return outcome;
}

const labelOf = ({ document, spec: { strategy, clusterSeed, nightSeed, shake } }: PlannedCell): string =>
  `${document.name} ${strategy} ${clusterSeed}/${nightSeed}${shake === undefined ? '' : ` shaken ${shake}`}`;
