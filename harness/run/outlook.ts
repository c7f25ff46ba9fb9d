import { join } from 'node:path';
import type { Kind } from '../model/kind.ts';
import { groupBy } from '../kit/group.ts';
import { readJournal, type Entry } from './journal.ts';
import type { PlannedCell } from './plan.ts';
import { readPlan, type PlanOptions } from './read-plan.ts';
import { missingCells } from './run-cells.ts';
import { journalFile } from './sweep-results.ts';

/** What a run would do. */
export interface Outlook {
  readonly kind: Kind;
  readonly documents: readonly DocumentOutlook[];
  readonly cells: number;
  readonly done: number;
  /** on so many threads */
  readonly leftS: number;
  readonly threads: number;
  /** cells that are estimated by such ones as were computed before, whatever the code; the others by size alone */
  readonly byExperience: number;
}

export interface DocumentOutlook {
  readonly name: string;
  readonly size: number;
  readonly cells: number;
  readonly done: number;
  /** on one thread */
  readonly leftS: number;
}

/**
 * Counts the cells of a run, those that its folder holds, and the time of the others. Computes none of them.
 *
 * @param folder null = a new one
 * @throws {UserError | UnusableError}
 */
export async function lookAhead(
  options: PlanOptions & { readonly folder: string | null; readonly threads: number },
): Promise<Outlook> {
  const { folder, threads } = options;
  const plan = await readPlan(options);
  const journaled = folder === null ? [] : readJournal(join(folder, journalFile(plan)));
  const entries = new Map(journaled.map((entry) => [entry.key, entry]));
  const missing = new Set(folder === null ? plan.cells : missingCells(plan.cells, folder, { entries }));
  const experience = createExperience(journaled, plan.kind);
  const documents = [...groupBy(plan.cells, ({ document }) => document)].map(([document, cells]) => {
    const left = cells.filter((cell) => missing.has(cell));
    return {
      name: document.name,
      size: document.size,
      cells: cells.length,
      done: cells.length - left.length,
      leftS: left.reduce((sum, cell) => sum + experience.expectS(cell), 0),
    };
  });
  const busyS = documents.reduce((sum, { leftS }) => sum + leftS, 0);
  return {
    kind: plan.kind,
    documents,
    cells: plan.cells.length,
    done: plan.cells.length - missing.size,
    leftS: busyS / Math.max(1, Math.min(threads, missing.size)),
    threads,
    byExperience: [...missing].filter((cell) => experience.knows(cell)).length,
  };
}

interface Experience {
  expectS(cell: PlannedCell): number;
  knows(cell: PlannedCell): boolean;
}

/** Of the same document and strategy, else of the document. */
function createExperience(entries: readonly Entry[], { msPerItem }: Kind): Experience {
  const timed = entries.flatMap(({ document, spec, cost }) =>
    typeof cost['wall_ms'] === 'number' ? [{ document, strategy: spec.strategy, ms: cost['wall_ms'] }] : [],
  );
  const byDocument = groupBy(timed, ({ document }) => document);
  const knownMs = ({ document, spec }: PlannedCell): number | null => {
    const ofDocument = byDocument.get(document.name) ?? [];
    const same = ofDocument.filter(({ strategy }) => strategy === spec.strategy);
    const nearest = same.length > 0 ? same : ofDocument;
    return nearest.length === 0 ? null : nearest.reduce((sum, { ms }) => sum + ms, 0) / nearest.length;
  };
  return {
    expectS: (cell) => (knownMs(cell) ?? msPerItem * cell.document.size) / 1000,
    knows: (cell) => knownMs(cell) !== null,
  };
}
