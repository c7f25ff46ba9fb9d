import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createTraceReader } from '../../harness/engine/fluid-trace/trace-reader.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import type { Trace } from '../../harness/engine/fluid-trace/trace.ts';
import { traceLines, type TraceSize } from './draw-trace.ts';

// Traces of k times the flows, and of k times what else: how the work of an event grows.

const base = { flows: 1e4, dataStores: 100, proxies: 40, agents: 8, hosts: 200, slots: 400, zipf: 0 };

function grown(k: number, what: readonly (keyof TraceSize)[]): TraceSize {
  return { ...base, ...Object.fromEntries(what.map((name) => [name, base[name] * k])) };
}

const resources = ['dataStores', 'proxies', 'agents', 'hosts'] as const;

export const growths = [
  { name: 'slots and resources as before', sizeOf: (k: number) => grown(k, ['flows']) },
  { name: 'resources as well, slots as before', sizeOf: (k: number) => grown(k, ['flows', ...resources]) },
  { name: 'slots and resources as well', sizeOf: (k: number) => grown(k, ['flows', ...resources, 'slots']) },
] as const;

export function traceOf(size: TraceSize): Trace {
  const reader = createTraceReader('drawn');
  for (const line of traceLines(size, 1)) reader.line(line);
  return reader.end();
}

/** Exact counts. @returns `all`: whatever the solver counts, each for one */
export function workPerEvent(trace: Trace): { solves: number; all: number } {
  const solver = createFastSolver();
  const { events } = runTrace(trace, solver, null);
  const work = solver.work();
  const all = Object.values(work).reduce((sum: number, n: number) => sum + n, 0);
  return { solves: work.solves / events, all: all / events };
}
