import * as fc from 'fast-check';
import type {
  Efficiency,
  FlowSpec,
  FluidSolver,
  ResourceSpec,
  Use,
} from '../../harness/engine/fluid/solver.ts';

// Random scenarios for any fluid solver: what happens when, as plain data, and a player that drives a solver through it.

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

export const efficiencies: fc.Arbitrary<Efficiency> = fc.oneof(
  fc.constant<Efficiency>({ kind: 'none' }),
  fc.record({
    kind: fc.constant('loss' as const),
    lossPerStream: number(0, 0.5),
    efficiencyFloor: number(0.1, 1),
  }),
  fc.record({
    kind: fc.constant('comfort' as const),
    comfortable: fc.integer({ min: 1, max: 6 }),
    floor: number(0.1, 1),
  }),
);

// round numbers make ties, others make sure that nothing rests on them
const capacities = fc.oneof(fc.constantFrom(0, 100, 200, 400), number(1, 2000));

export const resourceSpecs: fc.Arbitrary<readonly ResourceSpec[]> = fc.array(
  fc.record({ capacity: capacities, efficiency: efficiencies }),
  { minLength: 1, maxLength: 6 },
);

const uses = (resourceCount: number): fc.Arbitrary<readonly Use[]> =>
  fc.array(
    fc.record({
      resource: fc.nat({ max: resourceCount - 1 }),
      perMB: fc.oneof(fc.constantFrom(1, 0.5, 2), number(0.125, 4)),
    }),
    { minLength: 1, maxLength: 4 },
  );

const sizes = fc.oneof(fc.constantFrom(0, 100, 1000), number(0.001, 1e5));
const caps = fc.oneof(fc.constantFrom(0, 50, 100), fc.constant(Infinity), number(0.1, 500));

export const flowSpecs = (resourceCount: number): fc.Arbitrary<FlowSpec> =>
  fc.record({ sizeMB: sizes, capMBps: caps, uses: uses(resourceCount) });

export type Step = { readonly afterS: number } & (
  | { readonly does: 'start'; readonly flow: FlowSpec }
  /** `pick` chooses among those under way */
  | { readonly does: 'stop'; readonly pick: number }
  | { readonly does: 'cap'; readonly pick: number; readonly capMBps: number }
  | { readonly does: 'capacity'; readonly resource: number; readonly capacity: number }
);

export interface Scenario {
  readonly resources: readonly ResourceSpec[];
  readonly steps: readonly Step[];
}

const steps = (resourceCount: number): fc.Arbitrary<readonly Step[]> => {
  const afterS = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: number(0, 20) });
  const pick = fc.nat();
  const resource = fc.nat({ max: resourceCount - 1 });
  return fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ does: fc.constant('start' as const), afterS, flow: flowSpecs(resourceCount) }),
      },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('stop' as const), afterS, pick }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('cap' as const), afterS, pick, capMBps: caps }) },
      {
        weight: 2,
        arbitrary: fc.record({
          does: fc.constant('capacity' as const),
          afterS,
          resource,
          capacity: capacities,
        }),
      },
    ),
    { minLength: 1, maxLength: 30 },
  );
};

export const scenarios: fc.Arbitrary<Scenario> = resourceSpecs.chain((resources) =>
  fc.record({ resources: fc.constant(resources), steps: steps(resources.length) }),
);

interface Under {
  readonly id: number;
  readonly spec: FlowSpec;
}

interface Gone extends Under {
  readonly movedMB: number;
  /** null = stopped */
  readonly completedS: number | null;
}

/** What a solver has been told, kept beside it. */
export class World {
  nowS = 0;
  readonly resources: ResourceSpec[];
  readonly gone: Gone[] = [];
  private readonly under = new Map<number, FlowSpec>();

  constructor(resources: readonly ResourceSpec[]) {
    this.resources = [...resources];
  }

  /** under way, ascending */
  flows(): readonly Under[] {
    return Array.from(this.under, ([id, spec]) => ({ id, spec }));
  }

  set(id: number, spec: FlowSpec): void {
    this.under.set(id, spec);
  }

  remove(id: number, movedMB: number, completedS: number | null): void {
    this.gone.push({ id, spec: this.under.get(id)!, movedMB, completedS });
    this.under.delete(id);
  }
}

/**
 * Plays a scenario, event by event: every completion gets its own instant.
 * @param look called after each change, and after the time that passed before it
 */
export function play(
  solver: FluidSolver,
  { resources, steps: all }: Scenario,
  look: (solver: FluidSolver, world: World) => void,
): World {
  const world = new World(resources);
  for (const spec of resources) solver.addResource(spec);
  for (const step of all) {
    wait(solver, world, step.afterS, look);
    change(solver, world, step);
    look(solver, world);
  }
  wait(solver, world, 50, look);
  return world;
}

function wait(
  solver: FluidSolver,
  world: World,
  forS: number,
  look: (solver: FluidSolver, world: World) => void,
): void {
  const untilS = world.nowS + forS;
  for (;;) {
    world.nowS = Math.min(untilS, solver.nextS());
    for (const id of solver.advance(world.nowS))
      world.remove(id, world.flows().find((flow) => flow.id === id)!.spec.sizeMB, world.nowS);
    look(solver, world);
    if (world.nowS === untilS) return;
  }
}

function change(solver: FluidSolver, world: World, step: Step): void {
  if (step.does === 'start') {
    world.set(solver.start(step.flow), step.flow);
    return;
  }
  if (step.does === 'capacity') {
    solver.setCapacity(step.resource, step.capacity);
    world.resources[step.resource] = { ...world.resources[step.resource]!, capacity: step.capacity };
    return;
  }
  const flows = world.flows();
  const flow = flows[step.pick % Math.max(1, flows.length)];
  if (flow === undefined) return;
  if (step.does === 'stop') {
    world.remove(flow.id, solver.stop(flow.id), null);
    return;
  }
  solver.setCap(flow.id, step.capMBps);
  world.set(flow.id, { ...flow.spec, capMBps: step.capMBps });
}
