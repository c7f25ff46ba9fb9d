import { worstUnfairness } from '../fluid/check.ts';
import type { FluidSolver, ResourceSpec, Use } from '../fluid/solver.ts';
import type { Trace } from './trace.ts';

export interface TraceRun {
  /** completions, each with the start that follows it in a closed system */
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
  const { slots, flowCount, atS } = trace;
  const resources = addResources(trace, solver);
  const start = starter(trace, solver);
  const startS = new Float64Array(flowCount);
  const endS = new Float64Array(flowCount);
  let next = 0;
  let events = 0;
  let nowS = 0;
  let checkError = checkEvery === null ? null : 0;
  const check = () => Math.max(checkError ?? 0, worstUnfairness(resources, rated(trace, solver)));
  const startUpTo = (count: number): void => {
    for (; next < count; next++) {
      startS[next] = nowS;
      start(next);
    }
  };
  /** how many are to have started by now, of which so many have ended */
  const dueBy = (ended: number): number => {
    if (atS === null) return Math.min(flowCount, slots + ended);
    let due = next;
    while (due < flowCount && atS[due]! <= nowS) due++;
    return due;
  };
  const nextStartS = () => (atS === null || next === flowCount ? Infinity : atS[next]!);
  startUpTo(dueBy(0));
  if (checkEvery !== null) checkError = check();
  while (events < flowCount) {
    nowS = Math.min(solver.nextS(), nextStartS());
    const completed = solver.advance(nowS);
    for (let i = 0; i < completed.length; i++) endS[completed[i]!] = nowS;
    startUpTo(dueBy(events + completed.length));
    const before = events;
    events += completed.length;
    if (checkEvery !== null && Math.floor(before / checkEvery) < Math.floor(events / checkEvery))
      checkError = check();
  }
  return { events, makespanS: nowS, startS, endS, checkError };
}

function addResources({ resourceCount, capacityMBps }: Trace, solver: FluidSolver): ResourceSpec[] {
  const specs: ResourceSpec[] = [];
  for (let r = 0; r < resourceCount; r++) {
    const spec: ResourceSpec = { capacity: capacityMBps[r]!, efficiency: none };
    solver.addResource(spec);
    specs.push(spec);
  }
  return specs;
}

const none = { kind: 'none' } as const;

/** One flow object for all, and one list of uses for each length: solvers copy what they are given. */
function starter(trace: Trace, solver: FluidSolver): (flow: number) => void {
  const { sizeMB, capMBps, firstUse, uses, perMB } = trace;
  const lists: { resource: number; perMB: number }[][] = [];
  const spec: { sizeMB: number; capMBps: number; uses: readonly Use[] } = { sizeMB: 0, capMBps: 0, uses: [] };
  return (flow) => {
    const first = firstUse[flow]!;
    const count = firstUse[flow + 1]! - first;
    const list = (lists[count] ??= Array.from({ length: count }, () => ({ resource: 0, perMB: 1 })));
    for (let i = 0; i < count; i++) {
      const use = list[i]!;
      use.resource = uses[first + i]!;
      if (perMB !== null) use.perMB = perMB[first + i]!;
    }
    spec.sizeMB = sizeMB[flow]!;
    spec.capMBps = capMBps[flow]!;
    spec.uses = list;
    solver.start(spec);
  };
}

function rated({ capMBps, firstUse, uses, perMB }: Trace, solver: FluidSolver) {
  return Array.from(solver.flows(), (flow) => ({
    capMBps: capMBps[flow]!,
    rateMBps: solver.rateMBps(flow),
    uses: Array.from(uses.subarray(firstUse[flow], firstUse[flow + 1]), (resource, i) => ({
      resource,
      perMB: perMB?.[firstUse[flow]! + i] ?? 1,
    })),
  }));
}
