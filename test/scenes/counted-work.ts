import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { findFamily, parseAsk } from '../../harness/generate/parse-ask.ts';
import { countWork } from '../../harness/kinds/decision-cost/count-work.ts';
import { tapeNight } from '../../harness/kinds/decision-cost/tape.ts';
import { findStrategy } from '../../harness/kinds/night-cell.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
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

/** What a decision of a full night looks at, from one answer to the next. */
const decisionWork = (text: string, vms: number) => (): Counts => {
  const family = findFamily('enterprise-san');
  const estate = generateEstate(family, { ...parseAsk(family, { vms }), clusterSeed: 1 });
  const document = acceptDocument({ ...estate, vms: [...estate.vms] }, estate.name);
  const night = compileNight(document, { clusterSeed: 1, nightSeed: 1 });
  const { strategy, params } = findStrategy(text);
  const tapes = tapeNight({ night, strategy, params, seedText: `1|${text}` });
  const { decisions, decisionLooks: looks } = countWork(tapes, strategy.create);
  return {
    'units looked at per decision': looks.units / decisions,
    'proxies looked at per decision': looks.proxies / decisions,
  };
};

/** What is counted, by name. Whatever else does countable work takes a line here, and has its ceiling. */
export const workloads: Readonly<Record<string, () => Counts>> = {
  'fluid trace small': solverWork(traceSizes.small),
  'fluid trace medium': solverWork(traceSizes.medium),
  'fluid trace huge-head': solverWork(traceSizes['huge-head']),
  'priority-list, 100 VMs': decisionWork('priority-list', 100),
  'priority-list, 1,000 VMs': decisionWork('priority-list', 1000),
  'priority-list[cap=2], 1,000 VMs': decisionWork('priority-list[cap=2]', 1000),
  'priority-list[flow=vm-first], 1,000 VMs': decisionWork('priority-list[flow=vm-first]', 1000),
  'least-loaded, 1,000 VMs': decisionWork('least-loaded', 1000),
};
