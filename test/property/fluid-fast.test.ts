import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { efficiencyOf } from '../../harness/attempt/efficiency.ts';
import { worstUnfairness } from '../../harness/engine/fluid/check.ts';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import type { FluidSolver } from '../../harness/engine/fluid/solver.ts';
import { sameInstantS } from '../../harness/model/executor.ts';
import { checkedUses } from '../../harness/engine/fluid/specs.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import { parseTrace, traceText } from '../scenes/trace-scene.ts';
import { play, scenarios, type Scenario } from './fluid-scenarios.ts';

const near = (a: number, b: number, tolerance: number): boolean =>
  a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

/** A solver that is two, and compares all that they say. */
function inLockStep(a: FluidSolver, b: FluidSolver): FluidSolver {
  const same = (x: number, y: number, what: string): number => {
    expect(near(x, y, 1e-9), `${what}: ${x} and ${y}`).toBe(true);
    return x;
  };
  const equal = <T>(x: T, y: T): T => {
    expect(x).toEqual(y);
    return x;
  };
  const sizeMB: number[] = [];
  const within = (x: number, y: number): number => {
    expect(Math.abs(x - y), `served ${x} and ${y}`).toBeLessThanOrEqual(1e-9 * (1 + y));
    return x;
  };
  return {
    addResource: (spec) => equal(a.addResource(spec), b.addResource(spec)),
    setCapacity(resource, capacity) {
      a.setCapacity(resource, capacity);
      b.setCapacity(resource, capacity);
    },
    start(flow) {
      sizeMB.push(flow.sizeMB);
      return equal(a.start(flow), b.start(flow));
    },
    stop(flow) {
      this.movedMB(flow);
      b.stop(flow);
      return a.stop(flow);
    },
    setCap(flow, capMBps) {
      a.setCap(flow, capMBps);
      b.setCap(flow, capMBps);
    },
    advance: (nowS) => equal(a.advance(nowS), b.advance(nowS)),
    nextS: () => same(a.nextS(), b.nextS(), 'next'),
    rateMBps: (flow) => same(a.rateMBps(flow), b.rateMBps(flow), `rate of ${flow}`),
    // to the bytes of an instant, where a flow is tiny
    movedMB(flow) {
      const [x, y] = [a.movedMB(flow), b.movedMB(flow)];
      expect(Math.abs(x - y), `moved by ${flow}: ${x} and ${y}`).toBeLessThanOrEqual(
        1e-9 * sizeMB[flow]! + sameInstantS * b.rateMBps(flow),
      );
      return x;
    },
    limiterOf: (flow) => a.limiterOf(flow),
    relimited: () => a.relimited(),
    loadOf: (resource) => same(a.loadOf(resource), b.loadOf(resource), `load of ${resource}`),
    servedBy: (resource) => within(a.servedBy(resource), b.servedBy(resource)),
    flowsOn: (resource) => equal(a.flowsOn(resource), b.flowsOn(resource)),
    rateIf: (flow) => same(a.rateIf(flow), b.rateIf(flow), 'rate of one more'),
    flows: () => equal([...a.flows()], [...b.flows()]),
  };
}

describe('the fast solver', () => {
  it('says what the simple one says, in lock-step', () => {
    fc.assert(
      fc.property(scenarios, (scenario: Scenario) => {
        play(inLockStep(createFastSolver(), createSimpleSolver()), scenario, (solver, world) => {
          for (const id of solver.flows()) {
            solver.rateMBps(id);
            solver.movedMB(id);
          }
          world.resources.forEach((_spec, r) => {
            solver.loadOf(r);
            solver.servedBy(r);
            solver.flowsOn(r);
          });
          const flow = world.flows().at(-1);
          if (flow !== undefined) solver.rateIf(flow.spec);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('tells whose limiter is another one, but where several hold a flow alike', () => {
    let toldCount = 0;
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const known = new Map<number, number | null>();
        play(createFastSolver(), scenario, (solver, world) => {
          const told = new Set(solver.relimited());
          toldCount += told.size;
          const isFull = (r: number) => {
            const spec = world.resources[r]!;
            const most = spec.capacity * efficiencyOf(spec.efficiency, solver.flowsOn(r));
            return solver.loadOf(r) >= most * (1 - 1e-9);
          };
          for (const { id, spec } of world.flows()) {
            const before = known.get(id);
            const now = solver.limiterOf(id);
            known.set(id, now);
            if (now === before || told.has(id)) continue;
            expect(before, `flow ${id} is new`).not.toBe(undefined);
            const stillHolds =
              before === null
                ? spec.capMBps <= solver.rateMBps(id) * (1 + 1e-9)
                : solver.flowsOn(before!) > 0 && isFull(before!);
            expect(stillHolds, `flow ${id}: ${before} to ${now}`).toBe(true);
          }
          expect(solver.relimited()).toEqual([]);
        });
      }),
      { numRuns: 300 },
    );
    expect(toldCount).toBeGreaterThan(1000);
  });

  it('is max-min fair by a check from scratch, after every change', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        play(createFastSolver(), scenario, (solver, world) => {
          const rated = world.flows().map(({ id, spec }) => ({
            capMBps: spec.capMBps,
            rateMBps: solver.rateMBps(id),
            uses: checkedUses(spec, world.resources.length),
          }));
          expect(worstUnfairness(world.resources, rated)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('names the same limiter whatever went before, where several hold a flow alike', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        play(createFastSolver(), scenario, (solver, world) => {
          const flows = world.flows();
          const fresh = createFastSolver();
          for (const spec of world.resources) fresh.addResource(spec);
          for (const { spec } of flows) fresh.start(spec);
          expect(flows.map(({ id }) => solver.limiterOf(id))).toEqual(
            flows.map((_, i) => fresh.limiterOf(i)),
          );
        });
      }),
      { numRuns: 100 },
    );
  });

  it('ends the flows of a crowded trace when the simple one does, fair all the while', () => {
    const sizes = fc.oneof(fc.constantFrom(0, 100), fc.double({ min: 0.001, max: 1e4, noNaN: true }));
    const crowds = fc.record({
      slots: fc.integer({ min: 1, max: 60 }),
      caps: fc.array(fc.double({ min: 50, max: 2000, noNaN: true }), { minLength: 20, maxLength: 20 }),
      flows: fc.array(
        fc.record({
          mb: sizes,
          max: fc.constantFrom(50, 150, 220, 400),
          use: fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 9 }),
        }),
        { minLength: 50, maxLength: 200 },
      ),
    });
    fc.assert(
      fc.property(crowds, ({ slots, caps, flows }) => {
        const trace = parseTrace(traceText(slots, caps, flows));
        const fast = runTrace(trace, createFastSolver(), 7);
        const simple = runTrace(trace, createSimpleSolver(), null);
        expect(fast.checkError).toBeLessThan(1e-9);
        flows.forEach((_flow, f) => {
          expect(near(fast.startS[f]!, simple.startS[f]!, 1e-9)).toBe(true);
          expect(near(fast.endS[f]!, simple.endS[f]!, 1e-9)).toBe(true);
        });
        expect(runTrace(trace, createFastSolver(), null).endS).toEqual(fast.endS);
      }),
      { numRuns: 60 },
    );
  });
});
