import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import type { FluidSolver } from '../../harness/engine/fluid/solver.ts';
import { whyRate } from '../../harness/engine/fluid/why-rate.ts';
import { capacityWith, fairRates } from '../oracle/progressive-filling.ts';
import { play, scenarios, type Scenario, type World } from './fluid-scenarios.ts';

const solvers: Record<string, () => FluidSolver> = { simple: createSimpleSolver, fast: createFastSolver };

const near = (a: number, b: number, tolerance: number): boolean =>
  a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

/** The scenario with one more resource, on the way of every flow. */
const widened = (scenario: Scenario, capacity: number, perMB: number): Scenario => ({
  resources: [...scenario.resources, { capacity, efficiency: { kind: 'none' } }],
  steps: scenario.steps.map((step) =>
    step.does === 'start'
      ? {
          ...step,
          flow: { ...step.flow, uses: [...step.flow.uses, { resource: scenario.resources.length, perMB }] },
        }
      : step,
  ),
});

const ratesOf = (solver: FluidSolver, world: World): number[] =>
  world.flows().map(({ id }) => solver.rateMBps(id));

describe.each(Object.entries(solvers))('the %s solver', (_, create) => {
  it('says what holds a flow: its cap, or a full resource on which nobody is faster', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        play(create(), scenario, (solver, world) => {
          for (const { id, spec } of world.flows()) {
            const { limiter, levelMBps, load, flows } = whyRate(solver, id);
            expect(levelMBps).toBe(solver.rateMBps(id));
            if (limiter === null) {
              expect([levelMBps, load, flows]).toEqual([spec.capMBps, null, null]);
              continue;
            }
            const members = world.flows().filter((f) => f.spec.uses.some((u) => u.resource === limiter));
            expect(members.map((f) => f.id)).toContain(id);
            expect(flows).toBe(members.length);
            const capacity = capacityWith(world.resources[limiter]!, members.length);
            expect(near(load!, capacity, 1e-9), `${load} of ${capacity}`).toBe(true);
            for (const member of members)
              expect(solver.rateMBps(member.id)).toBeLessThanOrEqual(levelMBps * (1 + 1e-9));
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('foretells the rate that filling from scratch gives one more flow, whatever went before', () => {
    fc.assert(
      fc.property(scenarios, fc.nat(), (scenario, pick) => {
        const starts = scenario.steps.flatMap((step) => (step.does === 'start' ? [step.flow] : []));
        const newcomer = starts[pick % Math.max(1, starts.length)];
        if (newcomer === undefined) return;
        play(create(), scenario, (solver, world) => {
          const specs = [...world.flows().map(({ spec }) => spec), newcomer];
          const expected = fairRates(world.resources, specs).at(-1)!;
          const answer = solver.rateIf(newcomer);
          expect(near(answer, expected, 1e-9), `${answer} for ${expected}`).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('does not notice a resource that is nearly full at times, but never is', () => {
    fc.assert(
      fc.property(scenarios, fc.double({ min: 0.01, max: 4, noNaN: true }), (scenario, perMB) => {
        const rates: number[][] = [];
        let most = 0;
        play(create(), scenario, (solver, world) => {
          const now = ratesOf(solver, world);
          rates.push(now);
          most = Math.max(
            most,
            now.reduce((sum, rate) => sum + perMB * rate, 0),
          );
        });
        let at = 0;
        play(create(), widened(scenario, most * 1.001 + 1, perMB), (solver, world) => {
          const before = rates[at++]!;
          const now = ratesOf(solver, world);
          expect(now).toHaveLength(before.length);
          now.forEach((rate, i) => expect(near(rate, before[i]!, 1e-12), `${rate}: ${before[i]}`).toBe(true));
        });
        expect(at).toBe(rates.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the scenarios', () => {
  it('hold all that a solver has to bear', () => {
    const seen = new Set<string>();
    for (const scenario of fc.sample(scenarios, { numRuns: 200, seed: 1 })) {
      for (const { efficiency } of scenario.resources) seen.add(`efficiency ${efficiency.kind}`);
      for (const step of scenario.steps) {
        seen.add(step.does);
        if (step.does !== 'start') continue;
        if (step.flow.sizeMB === 0) seen.add('no bytes');
        if (step.flow.capMBps === Infinity) seen.add('no cap');
        if (step.flow.uses.some((use) => use.perMB !== 1)) seen.add('coefficient');
        if (new Set(step.flow.uses.map((use) => use.resource)).size < step.flow.uses.length)
          seen.add('a resource twice');
      }
      const wasZero = new Set<number>();
      play(createSimpleSolver(), scenario, (solver, world) => {
        world.resources.forEach(({ capacity }, r) => {
          if (solver.flowsOn(r) === 0) wasZero.delete(r);
          else if (capacity === 0) wasZero.add(r);
          else if (wasZero.has(r)) seen.add('zero and back under a flow');
        });
      });
    }
    expect([...seen].toSorted()).toEqual([
      'a resource twice',
      'cap',
      'capacity',
      'coefficient',
      'efficiency comfort',
      'efficiency loss',
      'efficiency none',
      'no bytes',
      'no cap',
      'start',
      'stop',
      'zero and back under a flow',
    ]);
  });
});
