import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solversBySharing } from '../../harness/engine/fluid/sharing/solvers.ts';
import { createWeightedFilling } from '../../harness/engine/fluid/sharing/weighted-filling.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import type { FlowSpec, FluidSolver, ResourceSpec } from '../../harness/engine/fluid/solver.ts';
import { capacityWith } from '../oracle/progressive-filling.ts';
import { flowSpecs, play, resourceSpecs, scenarios, type Scenario } from './fluid-scenarios.ts';

// Each sharing model against its definition, from scratch. `most`: what a flow may have whatever the others do. `worth`: what
// is shared max-min fairly is rate / worth.

interface Placed {
  readonly spec: FlowSpec;
  readonly rateMBps: number;
}

interface Definition {
  most(flow: FlowSpec, resources: readonly ResourceSpec[], others: readonly FlowSpec[]): number;
  worth(flow: FlowSpec, resources: readonly ResourceSpec[]): number;
}

const takes = ({ uses }: FlowSpec, r: number): number =>
  uses.reduce((sum, use) => (use.resource === r ? sum + use.perMB : sum), 0);
const on = (flows: readonly FlowSpec[], r: number): number => flows.filter((f) => takes(f, r) > 0).length;
const least = (values: readonly number[]): number => Math.min(Infinity, ...values);

const definitions: Readonly<Record<'max-min' | 'by-demand' | 'per-stream', Definition>> = {
  'max-min': { most: (flow) => flow.capMBps, worth: () => 1 },
  'by-demand': {
    most: (flow) => flow.capMBps,
    // alone
    worth: (flow, resources) =>
      least([
        flow.capMBps,
        ...resources.flatMap((spec, r) => (takes(flow, r) > 0 ? capacityWith(spec, 1) / takes(flow, r) : [])),
      ]),
  },
  'per-stream': {
    most: (flow, resources, all) =>
      least([
        flow.capMBps,
        ...resources.flatMap((spec, r) =>
          spec.isDevice === true && takes(flow, r) > 0
            ? capacityWith(spec, on(all, r)) / on(all, r) / takes(flow, r)
            : [],
        ),
      ]),
    worth: () => 1,
  },
};

const isLess = (x: number, y: number): boolean => x < y * (1 - 1e-9) - Number.MIN_VALUE;

/** What is wrong: something above its capacity or its most, or a flow that could have more without taking from one that has less of its worth. */
function findings(
  placed: readonly Placed[],
  resources: readonly ResourceSpec[],
  { most, worth }: Definition,
): string[] {
  const specs = placed.map(({ spec }) => spec);
  const load = (r: number) => placed.reduce((sum, { spec, rateMBps }) => sum + takes(spec, r) * rateMBps, 0);
  const capacity = (r: number) => capacityWith(resources[r]!, on(specs, r));
  const overfull = resources.flatMap((_, r) =>
    isLess(capacity(r), load(r)) ? [`resource ${r} carries ${load(r)} of ${capacity(r)}`] : [],
  );
  const wronged = placed.flatMap(({ spec, rateMBps }, f) => {
    const limit = most(spec, resources, specs);
    if (!(rateMBps >= 0) || isLess(limit, rateMBps)) return [`flow ${f} runs at ${rateMBps} of ${limit}`];
    if (!isLess(rateMBps, limit) || worth(spec, resources) === 0) return [];
    const level = rateMBps / worth(spec, resources);
    const isHeld = resources.some((_, r) => {
      if (takes(spec, r) === 0 || isLess(load(r), capacity(r))) return false;
      return placed.every(
        (other) =>
          takes(other.spec, r) === 0 ||
          worth(other.spec, resources) === 0 ||
          !isLess(level, other.rateMBps / worth(other.spec, resources)),
      );
    });
    return isHeld ? [] : [`flow ${f} could be faster than ${rateMBps}`];
  });
  return [...overfull, ...wronged];
}

/** Every other resource is a device. */
const withDevices = (resources: readonly ResourceSpec[]): ResourceSpec[] =>
  resources.map((spec, r) => ({ ...spec, isDevice: r % 2 === 0 }));
const scenes: fc.Arbitrary<Scenario> = scenarios.map(({ resources, steps }) => ({
  resources: withDevices(resources),
  steps,
}));

const pictures = resourceSpecs.chain((resources) =>
  fc.record({
    resources: fc.constant(withDevices(resources)),
    flows: fc.array(flowSpecs(resources.length), { minLength: 1, maxLength: 10 }),
  }),
);

const near = (a: number, b: number, tolerance: number): boolean =>
  a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

const built = (create: () => FluidSolver, resources: readonly ResourceSpec[]): FluidSolver => {
  const solver = create();
  for (const spec of resources) solver.addResource(spec);
  return solver;
};

describe.each(Object.entries(solversBySharing))('sharing %s', (name, create) => {
  const definition = definitions[name as keyof typeof definitions];

  it('is what its definition says, after every change', () => {
    fc.assert(
      fc.property(scenes, (scenario) => {
        play(create(), scenario, (solver, world) => {
          const placed = world.flows().map(({ id, spec }) => ({ spec, rateMBps: solver.rateMBps(id) }));
          expect(findings(placed, world.resources, definition)).toEqual([]);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('books on every resource what its flows take, and loses no byte', () => {
    fc.assert(
      fc.property(scenes, (scenario) => {
        const solver = create();
        const world = play(solver, scenario, (_, present) => {
          present.resources.forEach((_spec, r) => {
            const taken = present
              .flows()
              .reduce((sum, { id, spec }) => sum + takes(spec, r) * solver.rateMBps(id), 0);
            expect(near(solver.loadOf(r), taken, 1e-9) || taken < 1e-9).toBe(true);
          });
        });
        const moved = [
          ...world.gone,
          ...world.flows().map((flow) => ({ ...flow, movedMB: solver.movedMB(flow.id) })),
        ];
        for (const { spec, completedS, movedMB } of world.gone)
          if (completedS !== null) expect(movedMB).toBe(spec.sizeMB);
        world.resources.forEach((_, r) => {
          const crossed = moved.reduce((sum, { spec, movedMB }) => sum + takes(spec, r) * movedMB, 0);
          expect(Math.abs(solver.servedBy(r) - crossed)).toBeLessThanOrEqual(1e-9 * (1 + crossed));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('knows the rate of one more flow, and what holds each', () => {
    fc.assert(
      fc.property(pictures, ({ resources, flows }) => {
        const solver = built(create, resources);
        const [newcomer, ...others] = flows as [FlowSpec, ...FlowSpec[]];
        const ids = others.map((flow) => solver.start(flow));
        const before = ids.map((id) => solver.rateMBps(id));
        const foretold = solver.rateIf(newcomer);
        expect(ids.map((id) => solver.rateMBps(id))).toEqual(before);
        const id = solver.start(newcomer);
        expect(near(solver.rateMBps(id), foretold, 1e-9)).toBe(true);
        const limiter = solver.limiterOf(id);
        if (limiter === null) expect(solver.rateMBps(id)).toBe(newcomer.capMBps);
        else expect(newcomer.uses.map(({ resource }) => resource)).toContain(limiter);
      }),
      { numRuns: 200 },
    );
  });

  it('gives flows that are alike the same, whatever the model', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 1, max: 1e4, noNaN: true }), (n, cap) => {
        const solver = built(create, [{ capacity: 1000, efficiency: { kind: 'none' }, isDevice: true }]);
        const flow = { sizeMB: 1, capMBps: cap, uses: [{ resource: 0, perMB: 1 }] };
        const ids = Array.from({ length: n }, () => solver.start(flow));
        for (const id of ids) expect(near(solver.rateMBps(id), Math.min(cap, 1000 / n), 1e-12)).toBe(true);
      }),
    );
  });
});

describe('the models part', () => {
  // a device of 300 MB/s; one stream held to 50 elsewhere, one that could take 250, one without a cap
  const rates = (create: () => FluidSolver): number[] => {
    const solver = built(create, [
      { capacity: 300, efficiency: { kind: 'none' }, isDevice: true },
      { capacity: 50, efficiency: { kind: 'none' } },
    ]);
    const device = { resource: 0, perMB: 1 };
    const flows: FlowSpec[] = [
      { sizeMB: 1, capMBps: 250, uses: [device, { resource: 1, perMB: 1 }] },
      { sizeMB: 1, capMBps: 250, uses: [device] },
      { sizeMB: 1, capMBps: Infinity, uses: [device] },
    ];
    return flows.map((flow) => solver.start(flow)).map((id) => Number(solver.rateMBps(id).toFixed(9)));
  };

  it('where a stream is held elsewhere, and where one could use more', () => {
    expect(rates(solversBySharing['max-min'])).toEqual([50, 125, 125]);
    // demands 50, 250 and 300: half of each
    expect(rates(solversBySharing['by-demand'])).toEqual([25, 125, 150]);
    // 100 each; the first leaves 50 that nobody gets
    expect(rates(solversBySharing['per-stream'])).toEqual([50, 100, 100]);
  });

  it('but a weight of one for all is max-min', () => {
    const plain = createWeightedFilling(({ flows }) =>
      flows.map(({ capMBps }) => ({ weight: 1, capMBps, cappedBy: -1 })),
    );
    expect(rates(() => createSimpleSolver(plain))).toEqual([50, 125, 125]);
  });
});

describe('the check', () => {
  const resources = [{ capacity: 100, efficiency: { kind: 'none' as const }, isDevice: true }];
  const placed = (...rateMBps: number[]): Placed[] =>
    rateMBps.map((rate, i) => ({
      spec: { sizeMB: 1, capMBps: 50 * (i + 1), uses: [{ resource: 0, perMB: 1 }] },
      rateMBps: rate,
    }));

  it('finds what is not shared as defined', () => {
    const found = (name: keyof typeof definitions, ...rateMBps: number[]) =>
      findings(placed(...rateMBps), resources, definitions[name]).length;
    expect([
      found('max-min', 50, 50),
      found('by-demand', 100 / 3, 200 / 3),
      found('per-stream', 50, 50),
    ]).toEqual([0, 0, 0]);
    expect(found('max-min', 100 / 3, 200 / 3)).toBe(1);
    expect(found('by-demand', 50, 50)).toBe(1);
    expect(found('per-stream', 40, 60)).toBe(2);
    expect(found('max-min', 60, 50)).toBe(3);
  });
});
