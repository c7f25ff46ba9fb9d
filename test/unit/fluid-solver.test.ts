import { describe, expect, it } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import type { Efficiency, FlowSpec, FluidSolver } from '../../harness/engine/fluid/solver.ts';

const none: Efficiency = { kind: 'none' };

/** A flow without a cap that takes 1 of each resource per MB. */
const over = (sizeMB: number, ...resources: number[]): FlowSpec => ({
  sizeMB,
  capMBps: Infinity,
  uses: resources.map((resource) => ({ resource, perMB: 1 })),
});

/** Runs to the end. @returns [flow, second] of each completion */
function run(solver: FluidSolver): [number, number][] {
  const ends: [number, number][] = [];
  for (let t = solver.nextS(); t < Infinity; t = solver.nextS())
    for (const flow of solver.advance(t)) ends.push([flow, t]);
  return ends;
}

const solvers = { simple: createSimpleSolver, fast: createFastSolver };

describe.each(Object.entries(solvers))('the %s solver', (_, create) => {
  function sceneOf(...capacities: number[]): FluidSolver {
    const solver = create();
    for (const capacity of capacities) solver.addResource({ capacity, efficiency: none });
    return solver;
  }

  describe('hand-computed rates and times', () => {
    it('gives two flows half of a device each, and the rest to the longer one', () => {
      const solver = sceneOf(200);
      solver.start(over(1000, 0));
      solver.start(over(3000, 0));
      expect(solver.rateMBps(0)).toBe(100);
      // 1000 / 100 = 10 s; then 3000 - 10 * 100 = 2000 MB at 200 MB/s: 10 s more
      expect(run(solver)).toEqual([
        [0, 10],
        [1, 20],
      ]);
      expect(solver.servedBy(0)).toBe(4000);
    });

    it('ends a flow later by what it was held back, also where its rate is what it was in the end', () => {
      const solver = sceneOf(100, 100);
      const flow = solver.start(over(1000, 0));
      const other = solver.start(over(700, 1));
      expect(solver.nextS()).toBe(7);
      solver.advance(2);
      const guest = solver.start(over(1e4, 0));
      solver.advance(6);
      solver.stop(guest);
      expect(solver.advance(10)).toEqual([other]);
      // 2 s at 100 MB/s and 4 s at 50: the 600 MB that are left take until 12 s
      expect(solver.nextS()).toBeCloseTo(12, 12);
      expect(solver.advance(12)).toEqual([flow]);
    });

    it('fills a NIC first and gives what it leaves of a device to others', () => {
      // device 0: 300, device 1: 300, NIC 2: 150. Flows a, b over the NIC on device 0, c on device 0 alone, d on device 1 over the NIC.
      const solver = sceneOf(300, 300, 150);
      const [a, b, d] = [
        solver.start(over(1e4, 0, 2)),
        solver.start(over(1e4, 0, 2)),
        solver.start(over(1e4, 1, 2)),
      ];
      const c = solver.start(over(1e4, 0));
      // NIC: 150 / 3 = 50 each; device 0: 300 / 3 = 100 is higher, so the NIC fills first; c gets 300 - 2 * 50 = 200
      expect([a, b, d].map((flow) => solver.rateMBps(flow))).toEqual([50, 50, 50]);
      expect(solver.rateMBps(c)).toBe(200);
      expect([a, b, d, c].map((flow) => solver.limiterOf(flow))).toEqual([2, 2, 2, 0]);
      expect([0, 1, 2].map((resource) => solver.loadOf(resource))).toEqual([300, 50, 150]);
    });

    it('holds a flow at its cap and leaves the rest to others', () => {
      const solver = sceneOf(300);
      solver.start({ ...over(400, 0), capMBps: 40 });
      solver.start(over(2600, 0));
      // 300 - 40 = 260; both end at 400 / 40 = 2600 / 260 = 10 s
      expect(solver.rateMBps(1)).toBe(260);
      expect([solver.limiterOf(0), solver.limiterOf(1)]).toEqual([null, 0]);
      expect(solver.nextS()).toBe(10);
      expect(solver.advance(10)).toEqual([0, 1]);
    });

    it('names the cap where cap and resource hold a flow alike, and of two resources the first', () => {
      const solver = sceneOf(100, 100);
      solver.start({ ...over(1, 0), capMBps: 50 });
      solver.start(over(1, 0, 1));
      // flow 1: 100 - 50 = 50 on resource 0 alone
      expect([solver.limiterOf(0), solver.limiterOf(1)]).toEqual([null, 0]);
      solver.stop(0);
      // now 100 / 1 on either resource
      expect(solver.limiterOf(1)).toBe(0);
    });

    it('takes what streams cost a disk off its capacity', () => {
      const solver = create();
      solver.addResource({
        capacity: 180,
        efficiency: { kind: 'loss', lossPerStream: 0.25, efficiencyFloor: 0.6 },
      });
      const rates = [1, 2, 3, 4].map(() => {
        const flow = solver.start(over(1e6, 0));
        return solver.rateMBps(flow);
      });
      // 180; 180 / 1.25 = 144, by 2; 180 / 1.5 = 120, by 3; 180 / 1.75 = 102.9 is below the floor 0.6 * 180 = 108, by 4
      expect(rates).toEqual([180, 72, 40, 27]);
    });

    it('takes a proxy beyond its comfortable streams down to the floor', () => {
      const solver = create();
      // cores; a core carries 100 MB/s
      solver.addResource({ capacity: 4, efficiency: { kind: 'comfort', comfortable: 2, floor: 0.5 } });
      const flow: FlowSpec = { sizeMB: 1e6, capMBps: Infinity, uses: [{ resource: 0, perMB: 0.01 }] };
      const loads = [1, 2, 3, 4, 5].map(() => {
        solver.start(flow);
        return solver.loadOf(0);
      });
      // 4, 4, 4 * 2/3, 4 * 2/4, and 4 * 2/5 is below 4 * 0.5
      [4, 4, 8 / 3, 2, 2].forEach((cores, i) => expect(loads[i]).toBeCloseTo(cores, 12));
      expect(solver.rateMBps(0)).toBeCloseTo(2 / 5 / 0.01, 12);
    });

    it('lets reduced data take half of what lies behind the reduction', () => {
      const solver = sceneOf(1000, 150);
      const reduced = solver.start({
        ...over(1000, 0),
        uses: [
          { resource: 0, perMB: 1 },
          { resource: 1, perMB: 1 / 2 },
        ],
      });
      const plain = solver.start(over(1000, 0, 1));
      // the level is in source MB/s: 150 / (1/2 + 1) = 100 for both, of which 50 and 100 cross resource 1
      expect([reduced, plain].map((flow) => solver.rateMBps(flow))).toEqual([100, 100]);
      expect([solver.loadOf(0), solver.loadOf(1)]).toEqual([200, 150]);
      expect(run(solver)).toEqual([
        [0, 10],
        [1, 10],
      ]);
      expect([solver.servedBy(0), solver.servedBy(1)]).toEqual([2000, 1500]);
    });

    it('takes a resource twice that a flow names twice, and counts the flow once', () => {
      const solver = create();
      solver.addResource({
        capacity: 100,
        efficiency: { kind: 'loss', lossPerStream: 1, efficiencyFloor: 0.1 },
      });
      const flow = solver.start(over(100, 0, 0));
      expect([solver.rateMBps(flow), solver.flowsOn(0), solver.rateIf(over(1, 0, 0))]).toEqual([50, 1, 12.5]);
    });
  });

  describe('nothing, and back', () => {
    it('completes a flow of no bytes at once, also where nothing flows', () => {
      const solver = sceneOf(0);
      solver.advance(7);
      const empty = solver.start(over(0, 0));
      const stuck = solver.start(over(1, 0));
      const capped = solver.start({ ...over(0, 0), capMBps: 0 });
      expect(solver.nextS()).toBe(7);
      expect(solver.advance(7)).toEqual([empty, capped]);
      expect([solver.nextS(), solver.rateMBps(stuck), solver.limiterOf(stuck)]).toEqual([Infinity, 0, 0]);
    });

    it('stands still without capacity and goes on when it is back', () => {
      const solver = sceneOf(100);
      const flow = solver.start(over(1000, 0));
      solver.advance(4);
      solver.setCapacity(0, 0);
      expect(solver.nextS()).toBe(Infinity);
      solver.advance(10);
      expect(solver.movedMB(flow)).toBe(400);
      solver.setCapacity(0, 200);
      // 600 MB at 200 MB/s
      expect(solver.nextS()).toBe(13);
      expect(solver.advance(13)).toEqual([flow]);
      expect(solver.servedBy(0)).toBe(1000);
    });

    it('stands still at a cap of nothing and goes on when it is lifted', () => {
      const solver = sceneOf(100);
      const flow = solver.start({ ...over(1000, 0), capMBps: 0 });
      const other = solver.start(over(1e6, 0));
      expect([solver.rateMBps(flow), solver.limiterOf(flow), solver.rateMBps(other)]).toEqual([0, null, 100]);
      solver.advance(5);
      solver.setCap(flow, 20);
      expect([solver.rateMBps(flow), solver.rateMBps(other), solver.nextS()]).toEqual([20, 80, 55]);
    });

    it('moves flows that use nothing at their caps', () => {
      const solver = create();
      const flow = solver.start({ sizeMB: 30, capMBps: 10, uses: [] });
      expect([solver.nextS(), solver.limiterOf(flow)]).toEqual([3, null]);
    });
  });

  describe('stops', () => {
    it('gives back nothing at the start and what has moved later', () => {
      const solver = sceneOf(100);
      const [first, second] = [solver.start(over(1000, 0)), solver.start(over(1000, 0))];
      expect(solver.stop(first)).toBe(0);
      // alone from the start: the other has 100 MB/s
      solver.advance(3);
      expect(solver.stop(second)).toBe(300);
      expect([solver.nextS(), solver.loadOf(0), solver.servedBy(0), [...solver.flows()]]).toEqual([
        Infinity,
        0,
        300,
        [],
      ]);
    });

    it('moves next to nothing in a tenth of an instant and does not end then', () => {
      const solver = sceneOf(100);
      const flow = solver.start(over(1000, 0));
      expect(solver.advance(1e-10)).toEqual([]);
      expect(solver.stop(flow)).toBeCloseTo(1e-8, 12);
    });

    it('refuses to stop a flow twice, or one that has completed', () => {
      const solver = sceneOf(100);
      const flow = solver.start(over(1000, 0));
      const other = solver.start(over(500, 0));
      solver.stop(flow);
      expect(() => solver.stop(flow)).toThrow('flow 0 is not under way');
      expect(solver.advance(5)).toEqual([other]);
      expect(() => solver.stop(other)).toThrow('flow 1 is not under way');
      expect(() => solver.rateMBps(other)).toThrow(RangeError);
      expect(() => solver.stop(99)).toThrow('flow 99 is not under way');
    });
  });

  describe('the clock', () => {
    it('takes completions on its way at their own times', () => {
      const solver = sceneOf(200);
      solver.start(over(3000, 0));
      solver.start(over(1000, 0));
      // as two flows on a device: ends at 10 and 20 s, though nobody looked at 10 s
      expect(solver.advance(15)).toEqual([1]);
      expect(solver.movedMB(0)).toBe(2000);
      expect(solver.advance(100)).toEqual([0]);
      expect(solver.servedBy(0)).toBe(4000);
    });

    it('takes ends within an instant as one, with all bytes booked', () => {
      const solver = sceneOf(100, 100);
      solver.start(over(1000, 0));
      solver.start(over(1000 + 9e-8, 1)); // 0.9 ns later
      solver.start({ sizeMB: 10 + 3e-9, capMBps: 1, uses: [] }); // 3 ns later
      expect(solver.advance(solver.nextS())).toEqual([0, 1]);
      expect(solver.servedBy(1)).toBeCloseTo(1000 + 9e-8, 10);
      expect([...solver.flows()]).toEqual([2]);
    });

    it('never goes back', () => {
      const solver = sceneOf(100);
      solver.advance(5);
      expect(() => solver.advance(4)).toThrow('the clock is at 5 s, not before 4 s');
      expect(() => solver.advance(NaN)).toThrow(RangeError);
    });

    it('predicts the same second as long as the rate of a flow stays', () => {
      const solver = sceneOf(70, 70);
      solver.start(over(1000, 0));
      const endS = solver.nextS();
      for (let t = 0.1; t < 10; t += 0.1) {
        solver.advance(t);
        solver.stop(solver.start(over(1e6, 1)));
        expect(solver.nextS()).toBe(endS);
      }
    });
  });

  it('refuses impossible numbers', () => {
    const solver = sceneOf(100);
    expect(() => solver.addResource({ capacity: Infinity, efficiency: none })).toThrow('capacity');
    expect(() => solver.setCapacity(0, -1)).toThrow('capacity');
    expect(() => solver.setCapacity(1, 1)).toThrow('no resource 1');
    expect(() => solver.start(over(NaN, 0))).toThrow('sizeMB');
    expect(() => solver.start(over(1, 3))).toThrow('no resource 3');
    expect(() => solver.start({ ...over(1, 0), capMBps: -1 })).toThrow('capMBps');
    expect(() => solver.start(over(1))).toThrow('a flow without uses, got Infinity');
    expect(() => solver.rateIf({ ...over(1), capMBps: 1, uses: [{ resource: 0, perMB: 0 }] })).toThrow(
      'perMB',
    );
    expect(() => solver.setCap(solver.start(over(1, 0)), NaN)).toThrow('capMBps');
  });
});
