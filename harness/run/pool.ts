import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { canonicalJson } from '../kit/canonical.ts';
import { UserError } from '../model/errors.ts';
import type { CellStatus, Kind, Outcome, StoredDocument } from '../model/kind.ts';
import { itemsOf } from './items.ts';
import type { PlannedCell } from './plan.ts';
import { createSharing } from './shared-documents.ts';
import type { Computed, Reply, Task, ThreadData } from './task.ts';

export interface PoolOptions {
  readonly kind: Kind;
  readonly kindsUrl: string;
  readonly threads: number;
  /** of one cell */
  readonly timeoutS: number;
}

export interface Pool {
  /** Computes a cell on a thread of its own. A cell that takes too long or kills its thread yields an outcome that says so. */
  compute(cell: PlannedCell): Promise<Computed>;
  /** Reads a document on the thread that will compute the next cell. @throws {UserError} */
  read(path: string): Promise<StoredDocument>;
  /** Ends all threads at once; they may have ended before. */
  destroy(): Promise<void>;
}

export function createPool({ kind, kindsUrl, threads, timeoutS }: PoolOptions): Pool {
  const data: ThreadData = { kindsUrl, kindName: kind.name };
  const piscina = new Piscina({
    filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
    workerData: data,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: Infinity,
    concurrentTasksPerWorker: 1,
    // the default blocks a thread's event loop between cells
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: heapMB(threads), maxYoungGenerationSizeMb: youngMB },
  });
  const share = createSharing();
  let ended = false;

  const attempt = async (cell: PlannedCell): Promise<Computed | Dead> => {
    if (ended) throw new Error('the pool has ended');
    const signal = AbortSignal.timeout(timeoutS * 1000);
    const task: Task = { document: share(cell.document), spec: cell.spec };
    try {
      return valueOf((await piscina.run(task, { signal })) as Reply<Computed>);
    } catch (error) {
      if (error instanceof HarnessBug || error instanceof UserError) throw error;
      if (signal.aborted) return notComputed(kind, 'timeout', `took longer than ${timeoutS} s`);
      return { dead: (error as Error).message };
    }
  };

  return {
    async compute(cell) {
      // A thread may die of what an earlier cell left behind on it: once more, on a fresh one.
      const first = await attempt(cell);
      const second = 'dead' in first ? await attempt(cell) : first;
      return 'dead' in second ? notComputed(kind, 'lost', `its thread died twice: ${second.dead}`) : second;
    },
    async read(path) {
      return valueOf((await piscina.run(path, { name: 'read' })) as Reply<StoredDocument>);
    },
    async destroy() {
      if (ended) return;
      ended = true;
      piscina.on('error', () => {}); // the reply of a cell that nobody waits for any more
      await piscina.destroy();
    },
  };
}

/** A bug in what computes, with the stack that it had on its thread. */
class HarnessBug extends Error {
  override readonly name = 'HarnessBug';
}

interface Dead {
  readonly dead: string;
}

function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  if (reply.problems !== null) throw new UserError(reply.problems);
  const bug = new HarnessBug(reply.error.message);
  bug.stack = reply.error.stack;
  throw bug;
}

function notComputed(kind: Kind, status: CellStatus, message: string): Computed {
  const outcome: Outcome = { status, message, metrics: {}, notes: {}, series: {} };
  return {
    outcome: canonicalJson(outcome),
    items: itemsOf({ columns: kind.itemColumns, rows: [] }),
    cost: { wall_ms: null },
  };
}

/** Four times the usual: of what a long cell makes, more is gone before it is moved among what stays. */
const youngMB = 192;

/**
 * Without a limit a runaway cell takes the machine's memory before its thread ends. A heap grows to halfway between what is in
 * use and its limit before it is cleared, so that a higher one costs memory: this is enough for two million items.
 */
const heapMB = (threads: number): number =>
  Math.max(512, Math.min(2560, Math.floor(totalmem() / 2 ** 20 / (threads + 1))));
