import { join } from 'node:path';
import type { CellStatus, Kind, Row } from '../model/kind.ts';
import type { Sweep } from '../kit/sweep.ts';
import { writeAtomic } from './atomic-write.ts';
import { openJournal, readJournal, type Entry, type Journal } from './journal.ts';
import { checkLive, createLivePool, type LiveOptions } from './live-pool.ts';
import { lockFolder } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { manifestOf, type Origin } from './manifest.ts';
import type { Plan } from './plan.ts';
import { createPool, type Pool } from './pool.ts';
import type { Progress } from './progress.ts';
import { readPlan, type PlanOptions } from './read-plan.ts';
import { missingCells, runCells } from './run-cells.ts';
import { journalFile, lean, sweepOf, writeSweep, type WriteSweep } from './sweep-results.ts';
import { compareEntries, isPlain, removeResults, rowOf, writeResults } from './write-results.ts';

export interface RunOptions extends PlanOptions {
  readonly folder: string;
  readonly threads: number;
  /** of one cell */
  readonly timeoutS: number;
  readonly origin: Origin;
  readonly progress: Progress;
  /** aborted: cells that are under way are finished, no other is begun */
  readonly stop: AbortSignal;
  /** what a sweep is written as; left out: as its axes ask for */
  readonly writeSweep?: WriteSweep;
  /** of cells on the wall clock, which `stop` cuts off */
  readonly live?: LiveOptions;
}

export interface RunResult {
  readonly kind: Kind;
  readonly documents: Plan['documents'];
  readonly planned: number;
  readonly computed: number;
  /** of the planned cells that are journaled, sorted; all of them where the run was not stopped */
  readonly rows: readonly Row[];
  /** the same of shaken copies, kept apart */
  readonly shaken: readonly Row[];
  /** left out: it is none */
  readonly sweep?: Sweep;
  /** ms that the cells took, all of it and what their strategies had of it, summed over them */
  readonly cost: { readonly cellMs: number; readonly strategyMs: number };
  /** names in the folder; null = the run was stopped, and no results were written */
  readonly written: readonly string[] | null;
}

/** A cell with one of these has no outcome to compare. `unsupported` is one: the strategy says so itself. */
export const notComputed: readonly CellStatus[] = ['decision-invalid', 'crashed', 'timeout', 'lost'];

/**
 * Computes what the files ask for and writes the results into a folder. Goes on from what the folder holds already.
 *
 * @throws {UserError} before anything is written
 * @throws {WriteError | UnusableError}
 */
export async function run(options: RunOptions): Promise<RunResult> {
  let threads: Pool | null = null;
  const readDocument = (path: string, kind: Kind) => {
    threads ??= createPool({ ...options, kind, threads: Math.min(options.threads, mostCells(options)) });
    return threads.read(path);
  };
  try {
    const plan = await readPlan(options, options.live === undefined ? readDocument : null);
    return await runIn(plan, threads, options);
  } finally {
    await (threads as Pool | null)?.destroy();
  }
}

/** Of one document no more than these; other files may be suites, and say themselves. */
const mostCells = ({ files, strategies, clusters, nights, shakes }: RunOptions): number =>
  files.length > 1 || strategies === null
    ? Infinity
    : strategies.length * (clusters ?? 1) * (nights ?? 1) * (1 + (shakes ?? 0));

/** @param pool of threads that have read documents; null = there are none yet */
async function runIn(plan: Plan, pool: Pool | null, options: RunOptions): Promise<RunResult> {
  const { folder } = options;
  if (options.live !== undefined) checkLive(plan, options.live);
  makeFolder(folder);
  const release = lockFolder(folder);
  try {
    const keys = new Set(plan.cells.map(({ key }) => key));
    const journal = openJournal(join(folder, journalFile(plan)), keys, plan.kind.executor);
    try {
      return await runPlan(plan, { journal, pool }, options);
    } finally {
      journal.close();
    }
  } finally {
    release();
  }
}

async function runPlan(
  plan: Plan,
  { journal, pool: before }: { readonly journal: Journal; readonly pool: Pool | null },
  options: RunOptions,
): Promise<RunResult> {
  const { folder } = options;
  const { kind, documents, cells } = plan;
  const missing = missingCells(cells, folder, journal);
  const threads = Math.max(1, Math.min(options.threads, missing.length));
  writeManifest(plan, options, 'running');
  removeResults(folder, plan.kind);
  const sweep = sweepOf(plan);
  const computed = await runCells({ ...options, cells, missing, journal, threads }, () => {
    if (options.live !== undefined)
      return createLivePool(plan, {
        ...options.live,
        folder,
        stop: options.stop,
        done: new Set(readJournal(join(folder, journalFile(plan))).map(({ key }) => key)),
      });
    const pool = before ?? createPool({ ...options, kind, threads });
    return sweep === null ? pool : lean(pool);
  });
  const entries = cells.flatMap(({ key }) => journal.entries.get(key) ?? []).toSorted(compareEntries);
  const rows = entries.filter(isPlain).map(rowOf);
  const shaken = entries.filter((entry) => !isPlain(entry)).map(rowOf);
  const write = () =>
    sweep === null
      ? writeResults(folder, plan, entries, options.progress)
      : (options.writeSweep ?? writeSweep)(folder, { plan, sweep, entries, rows, shaken });
  const written = computed < missing.length ? null : await write();
  if (written !== null) writeManifest(plan, options, 'complete');
  return {
    kind,
    documents,
    planned: cells.length,
    computed,
    rows,
    ...(sweep === null ? {} : { sweep }),
    cost: { cellMs: sumOf(entries, 'wall_ms'), strategyMs: sumOf(entries, 'strategy_ms') },
    shaken,
    written,
  };
}

const sumOf = (entries: readonly Entry[], name: string): number =>
  entries.reduce((sum, { cost }) => sum + Number(cost[name] ?? 0), 0);

function writeManifest(plan: Plan, options: RunOptions, state: 'running' | 'complete'): void {
  const manifest = manifestOf(plan, options, state);
  writeAtomic(join(options.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
