import type { FlowSpec, FluidSolver, ResourceSpec } from '../engine/fluid/solver.ts';

/** What of a solver somebody wants to hear of; times in seconds. */
export interface SolverTap {
  resource?(id: number, spec: ResourceSpec): void;
  capacity?(resource: number, capacity: number): void;
  started?(flow: number, spec: FlowSpec, atS: number): void;
  capped?(flow: number): void;
  stopped?(flow: number, movedMB: number): void;
  completed?(flow: number): void;
  /** rates and limiters of the solver hold from `fromS` to `toS` */
  span?(fromS: number, toS: number, solver: FluidSolver): void;
}

/** The same solver; the tap hears what it is asked. */
export function tapped(inner: FluidSolver, tap: SolverTap): FluidSolver {
  let nowS = 0;
  return {
    addResource(spec) {
      const id = inner.addResource(spec);
      tap.resource?.(id, spec);
      return id;
    },
    setCapacity(resource, capacity) {
      inner.setCapacity(resource, capacity);
      tap.capacity?.(resource, capacity);
    },
    start(spec) {
      const flow = inner.start(spec);
      tap.started?.(flow, spec, nowS);
      return flow;
    },
    stop(flow) {
      const movedMB = inner.stop(flow);
      tap.stopped?.(flow, movedMB);
      return movedMB;
    },
    setCap(flow, capMBps) {
      inner.setCap(flow, capMBps);
      tap.capped?.(flow);
    },
    advance(toS) {
      if (toS > nowS) tap.span?.(nowS, toS, inner);
      nowS = Math.max(nowS, toS);
      const completed = inner.advance(toS);
      for (const flow of completed) tap.completed?.(flow);
      return completed;
    },
    flows: () => inner.flows(),
    nextS: () => inner.nextS(),
    rateMBps: (flow) => inner.rateMBps(flow),
    movedMB: (flow) => inner.movedMB(flow),
    limiterOf: (flow) => inner.limiterOf(flow),
    relimited: () => inner.relimited(),
    loadOf: (resource) => inner.loadOf(resource),
    servedBy: (resource) => inner.servedBy(resource),
    flowsOn: (resource) => inner.flowsOn(resource),
    rateIf: (flow) => inner.rateIf(flow),
  };
}
