import { runTrace, type TraceRun } from '../engine/fluid-trace/run-trace.ts';
import type { Trace } from '../engine/fluid-trace/trace.ts';
import { createFastSolver } from '../engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../engine/fluid/simple-solver.ts';

export { createTraceReader } from '../engine/fluid-trace/trace-reader.ts';
export type { Trace, TraceRun };

const solvers = { simple: createSimpleSolver, fast: createFastSolver };

export type SolverName = keyof typeof solvers;
/** the first is meant where none is named */
export const solverNames = Object.keys(solvers) as readonly SolverName[];

/** @param checkEvery so many events the rates are checked from scratch; null = never */
export const simulateTrace = (trace: Trace, solver: SolverName, checkEvery: number | null): TraceRun =>
  runTrace(trace, solvers[solver](), checkEvery);
