import type { CellSpec, Kind, Outcome, PlanDocument } from '../model/kind.ts';
import { createPool } from './pool.ts';

/** Computes cells as they are asked for and keeps nothing on disk: for questions whose next cell depends on the last. */
export interface Evaluator {
  /** a cell that was computed is not computed again */
  evaluate(document: PlanDocument, spec: CellSpec): Promise<Outcome>;
  /** number of cells computed */
  readonly computed: number;
  end(): Promise<void>;
}

export interface EvaluatorOptions {
  readonly kind: Kind;
  /** all that may be asked for */
  readonly documents: readonly PlanDocument[];
  readonly kindsUrl: string;
  readonly threads: number;
  /** of one cell */
  readonly timeoutS: number;
  readonly onCell?: (computed: number) => void;
}

export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const { kind, kindsUrl, threads, timeoutS, onCell = () => {} } = options;
  const pool = createPool({ kind, kindsUrl, threads, timeoutS });
  const known = new Map<string, Promise<Outcome>>();
  const waiting: (() => void)[] = [];
  let free = threads;
  let computed = 0;

  // a cell's time limit begins when it is handed to the pool: not before a thread is free
  const turn = async () => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const release = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  const compute = async (document: PlanDocument, spec: CellSpec): Promise<Outcome> => {
    await turn();
    try {
      const { outcome } = await pool.compute({ key: '', document, spec });
      onCell(++computed);
      return JSON.parse(outcome) as Outcome;
    } finally {
      release();
    }
  };
  return {
    evaluate(document, spec) {
      const key = JSON.stringify([document.hash, spec.strategy, spec.clusterSeed, spec.nightSeed]);
      const before = known.get(key) ?? compute(document, spec);
      known.set(key, before);
      return before;
    },
    get computed() {
      return computed;
    },
    end: () => pool.destroy(),
  };
}
