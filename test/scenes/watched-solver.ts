import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import type { FlowSpec, FluidSolver, ResourceSpec } from '../../harness/engine/fluid/solver.ts';
import { unfairness } from '../oracle/progressive-filling.ts';

export interface Watched {
  readonly solver: FluidSolver;
  /** what was wrong, instant by instant */
  readonly findings: string[];
}

/** The solver that nights run on, with its allocation held against the definition before every move of the clock, and the clock against itself. */
export function watchSolver(): Watched {
  const inner = createFastSolver();
  const resources: ResourceSpec[] = [];
  const flows = new Map<number, FlowSpec>();
  const findings: string[] = [];
  let clockS = 0;
  const solver: FluidSolver = {
    addResource(spec) {
      resources.push(spec);
      return inner.addResource(spec);
    },
    setCapacity(resource, capacity) {
      resources[resource] = { ...resources[resource]!, capacity };
      inner.setCapacity(resource, capacity);
    },
    start(spec) {
      const flow = inner.start(spec);
      flows.set(flow, spec);
      return flow;
    },
    stop(flow) {
      flows.delete(flow);
      return inner.stop(flow);
    },
    setCap(flow, capMBps) {
      flows.set(flow, { ...flows.get(flow)!, capMBps });
      inner.setCap(flow, capMBps);
    },
    advance(nowS) {
      if (nowS < clockS) findings.push(`the clock goes back from ${clockS} to ${nowS}`);
      if (nowS > clockS) {
        const rated = Array.from(flows, ([flow, spec]) => ({ ...spec, rateMBps: inner.rateMBps(flow) }));
        for (const finding of unfairness(resources, rated, 1e-9)) findings.push(`${clockS} s: ${finding}`);
      }
      clockS = nowS;
      const completed = inner.advance(nowS);
      for (const flow of completed) flows.delete(flow);
      return completed;
    },
    nextS: () => inner.nextS(),
    rateMBps: (flow) => inner.rateMBps(flow),
    movedMB: (flow) => inner.movedMB(flow),
    limiterOf: (flow) => inner.limiterOf(flow),
    relimited: () => inner.relimited(),
    loadOf: (resource) => inner.loadOf(resource),
    servedBy: (resource) => inner.servedBy(resource),
    flowsOn: (resource) => inner.flowsOn(resource),
    rateIf: (spec) => inner.rateIf(spec),
    flows: () => inner.flows(),
  };
  return { solver, findings };
}
