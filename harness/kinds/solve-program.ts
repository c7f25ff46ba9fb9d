import type { LinearProgram, SolveProgram } from '../measure/bounds/linear-program.ts';

// HiGHS, as one thread of wasm: the same prices on any machine. Limited by iterations, never by the clock.

const options = {
  solver: 'simplex',
  random_seed: 0,
  simplex_iteration_limit: 50_000,
  output_flag: false,
} as const;

let loading: Promise<SolveProgram | null> | null = null;

/** @returns null where the package is not installed: bounds do without */
export const loadSolver = (): Promise<SolveProgram | null> => (loading ??= load());

async function load(): Promise<SolveProgram | null> {
  const module = await import('highs').catch(() => null);
  if (module === null) return null;
  // its types are those of a CommonJS module, what is loaded is not
  const create = module.default as unknown as typeof module.default.default;
  const highs = await create();
  const solve: SolveProgram = (program) =>
    highs.withModel(modelOf(program, highs.infinity), (model) => {
      model.options.set(options);
      model.run();
      const isSolved = model.getModelStatus() === highs.constants.modelStatus.optimal;
      return isSolved ? Array.from(model.getSolution().rowDual) : null;
    });
  return (program) => {
    try {
      return solve(program);
    } catch (error) {
      // numbers that it does not take: bounds do without
      if (error instanceof Error && error.name === 'HighsError') return null;
      throw error;
    }
  };
}

function modelOf({ costs, rows }: LinearProgram, infinity: number) {
  const starts = [0];
  for (const { terms } of rows) starts.push(starts.at(-1)! + terms.length);
  const terms = rows.flatMap((row) => row.terms);
  return {
    numCols: costs.length,
    numRows: rows.length,
    colCost: costs,
    colLower: costs.map(() => 0),
    colUpper: costs.map(() => infinity),
    rowLower: rows.map((row) => row.value),
    rowUpper: rows.map((row) => (row.is === 'equal' ? row.value : infinity)),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: costs.length,
      starts,
      indices: terms.map(([column]) => column),
      values: terms.map(([, coefficient]) => coefficient),
    },
  };
}
