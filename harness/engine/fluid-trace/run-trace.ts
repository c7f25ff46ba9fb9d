import { worstUnfairness } from '../fluid/check.ts';
import type { FluidSolver, ResourceSpec, Use } from '../fluid/solver.ts';
import type { Trace } from './trace.ts';

export interface TraceRun {
  /** completions, each with the start that follows it */
  readonly events: number;
  readonly makespanS: number;
  /** by flow */
  readonly startS: Float64Array;
  readonly endS: Float64Array;
  /** worst relative error of the rates, by a check from scratch; null = not checked */
  readonly checkError: number | null;
}

/**
 * @param solver a fresh one
 * @param checkEvery so many events the rates are checked; null = never
 */
export function runTrace(trace: Trace, solver: FluidSolver, checkEvery: number | null): TraceRun {
  const { slots, flowCount } = trace;
  const resources = addResources(trace, solver);
  const start = starter(trace, solver);
  const startS = new Float64Array(flowCount);
  const endS = new Float64Array(flowCount);
  let next = 0;
  let events = 0;
  let nowS = 0;
  let checkError = checkEvery === null ? null : 0;
  const check = () => Math.max(checkError ?? 0, worstUnfairness(resources, rated(trace, solver)));
  while (next < Math.min(slots, flowCount)) start(next++);
  if (checkEvery !== null) checkError = check();
  while (events < flowCount) {
    nowS = solver.nextS();
    const completed = solver.advance(nowS);
    for (const flow of completed) {
      endS[flow] = nowS;
      if (next === flowCount) continue;
      startS[next] = nowS;
      start(next++);
    }
    const before = events;
    events += completed.length;
    if (checkEvery !== null && Math.floor(before / checkEvery) < Math.floor(events / checkEvery))
      checkError = check();
  }
  return { events, makespanS: nowS, startS, endS, checkError };
}

function addResources({ resourceCount, capacityMBps }: Trace, solver: FluidSolver): ResourceSpec[] {
  const specs: ResourceSpec[] = [];
  for (let r = 0; r < resourceCount; r++)
    specs.push({ capacity: capacityMBps[r]!, efficiency: { kind: 'none' } });
  for (const spec of specs) solver.addResource(spec);
  return specs;
}

/** One flow object for all: solvers copy what they are given. */
function starter(trace: Trace, solver: FluidSolver): (flow: number) => void {
  const { sizeMB, capMBps, firstUse, uses } = trace;
  const useOf: Use[] = [];
  for (let resource = 0; resource < trace.resourceCount; resource++) useOf.push({ resource, perMB: 1 });
  const spec = { sizeMB: 0, capMBps: 0, uses: [] as Use[] };
  return (flow) => {
    const first = firstUse[flow]!;
    const count = firstUse[flow + 1]! - first;
    spec.sizeMB = sizeMB[flow]!;
    spec.capMBps = capMBps[flow]!;
    spec.uses.length = count;
    for (let i = 0; i < count; i++) spec.uses[i] = useOf[uses[first + i]!]!;
    solver.start(spec);
  };
}

function rated({ capMBps, firstUse, uses }: Trace, solver: FluidSolver) {
  return Array.from(solver.flows(), (flow) => ({
    capMBps: capMBps[flow]!,
    rateMBps: solver.rateMBps(flow),
    uses: Array.from(uses.subarray(firstUse[flow], firstUse[flow + 1]), (resource) => ({
      resource,
      perMB: 1,
    })),
  }));
}
