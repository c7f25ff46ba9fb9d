import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import { traceLines, traceSizes, type TraceSize } from './draw-trace.ts';
import { parseTrace } from './trace-scene.ts';

/** Counted work, each per event (or per decision): the same on every machine. */
export type Counts = Readonly<Record<string, number>>;

const solverWork = (size: TraceSize) => (): Counts => {
  const trace = parseTrace([...traceLines(size, 1)].join('\n'));
  const solver = createFastSolver();
  const { events } = runTrace(trace, solver, null);
  return Object.fromEntries(Object.entries(solver.work()).map(([name, n]) => [name, (n as number) / events]));
};

/** What is counted, by name. Whatever else does countable work takes a line here, and has its ceiling. */
export const workloads: Readonly<Record<string, () => Counts>> = {
  'fluid trace small': solverWork(traceSizes.small),
  'fluid trace medium': solverWork(traceSizes.medium),
  'fluid trace huge-head': solverWork(traceSizes['huge-head']),
};
