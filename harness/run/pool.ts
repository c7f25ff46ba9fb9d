import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { canonicalJson } from '../kit/canonical.ts';
import type { CellStatus, Kind, Outcome } from '../model/kind.ts';
import { itemsOf } from './items.ts';
import type { Plan, PlannedCell } from './plan.ts';
import { shareDocuments } from './shared-documents.ts';
import type { Computed, Reply, Task, ThreadData } from './task.ts';

export interface PoolOptions {
  readonly plan: Plan;
  readonly kindsUrl: string;
  readonly threads: number;
  /** of one cell */
  readonly timeoutS: number;
}

export interface Pool {
  /** Computes a cell on a thread of its own. A cell that takes too long or kills its thread yields an outcome that says so. */
  compute(cell: PlannedCell): Promise<Computed>;
  /** Ends all threads at once. */
  destroy(): Promise<void>;
}

export function createPool({ plan, kindsUrl, threads, timeoutS }: PoolOptions): Pool {
  const data: ThreadData = {
    kindsUrl,
    kindName: plan.kind.name,
    documents: shareDocuments(plan.documents),
  };
  const piscina = new Piscina<Task, Reply>({
    filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
    workerData: data,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    // the default blocks a thread's event loop between cells
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: heapMB(threads) },
  });
  const indexOf = new Map(plan.documents.map(({ hash }, index) => [hash, index]));

  let ended = false;

  const attempt = async (cell: PlannedCell): Promise<Computed | Dead> => {
    if (ended) throw new Error('the pool has ended');
    const signal = AbortSignal.timeout(timeoutS * 1000);
    const task: Task = { documentIndex: indexOf.get(cell.document.hash)!, spec: cell.spec };
    try {
      return valueOf(await piscina.run(task, { signal }));
    } catch (error) {
      if (error instanceof HarnessBug) throw error;
      if (signal.aborted) return notComputed(plan.kind, 'timeout', `took longer than ${timeoutS} s`);
      return { dead: (error as Error).message };
    }
  };

  return {
    async compute(cell) {
      // A thread may die of what an earlier cell left behind on it: once more, on a fresh one.
      const first = await attempt(cell);
      const second = 'dead' in first ? await attempt(cell) : first;
      return 'dead' in second
        ? notComputed(plan.kind, 'lost', `its thread died twice: ${second.dead}`)
        : second;
    },
    destroy() {
      ended = true;
      piscina.on('error', () => {}); // the reply of a cell that nobody waits for any more
      return piscina.destroy();
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

function valueOf(reply: Reply): Computed {
  if (reply.ok) return reply.value;
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

/** Without a limit a runaway cell takes the machine's memory before its thread ends. */
const heapMB = (threads: number): number =>
  Math.max(512, Math.min(4096, Math.floor(totalmem() / 2 ** 20 / (threads + 1))));
