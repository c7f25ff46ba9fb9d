import type { SharingModel } from '../../../model/document/night.ts';
import { createFastSolver } from '../fast/fast-solver.ts';
import { createSimpleSolver } from '../simple-solver.ts';
import type { FluidSolver } from '../solver.ts';
import { byDemand } from './by-demand.ts';
import { perStream } from './per-stream.ts';
import { createWeightedFilling } from './weighted-filling.ts';

/** How capacities are shared, and who solves it. Only max-min has a fast solver: the others are there to be doubted with. */
export const solversBySharing: Readonly<Record<SharingModel, () => FluidSolver>> = {
  'max-min': createFastSolver,
  'by-demand': () => createSimpleSolver(createWeightedFilling(byDemand)),
  'per-stream': () => createSimpleSolver(createWeightedFilling(perStream)),
};
