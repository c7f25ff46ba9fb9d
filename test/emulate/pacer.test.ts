import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceSpec, Use } from '../../harness/attempt/flows.ts';
import { allocatePacer } from '../../harness/emulate/pacer/layout.ts';
import { createPacer, type Pacer } from '../../harness/emulate/pacer/pacer.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';

interface Net {
  readonly resources: readonly ResourceSpec[];
  readonly flows: readonly { readonly MB: number; readonly capMBps: number; readonly uses: readonly Use[] }[];
}

const none = { kind: 'none' } as const;

function pacerFor({ resources, flows }: Net, blockMB: number): { pacer: Pacer; slots: number[] } {
  const hops = Math.max(...flows.map((f) => f.uses.length)) + 1;
  const pacer = createPacer(
    allocatePacer({ resources: resources.length, slots: flows.length, hops, blockMB, isShaped: true }),
  );
  resources.forEach((spec, i) => pacer.setResource(i, spec));
  const slots = flows.map(({ MB, capMBps, uses }) => {
    const blocks = Math.ceil(MB / blockMB);
    return pacer.open({ blocks, lastMB: MB - (blocks - 1) * blockMB, capMBps, uses }, 0);
  });
  return { pacer, slots };
}

/** Drives as a host would that looks every `stepS`, and writes at once. @returns when each flow's last block arrived */
function pacedEnds(net: Net, blockMB: number, stepS: number): number[] {
  const { pacer, slots } = pacerFor(net, blockMB);
  const written = slots.map(() => 0);
  for (let nowS = 0; pacer.nextS() < Infinity; nowS += stepS) {
    pacer.drive(nowS);
    slots.forEach((slot, i) => {
      for (; written[i]! < pacer.arrived(slot); written[i]!++) pacer.wrote(slot);
    });
  }
  return slots.map((slot) => pacer.doneS(slot));
}

function exactEnds({ resources, flows }: Net): number[] {
  const solver = createSimpleSolver();
  resources.forEach((spec) => solver.addResource(spec));
  flows.forEach(({ MB, capMBps, uses }) => solver.start({ sizeMB: MB, capMBps, uses }));
  const ends = flows.map(() => 0);
  while (solver.nextS() < Infinity) {
    const atS = solver.nextS();
    for (const flow of solver.advance(atS)) ends[flow] = atS;
  }
  return ends;
}

/** of each flow */
function errorsOf(net: Net, blockMB: number, stepS: number): number[] {
  const exact = exactEnds(net);
  return pacedEnds(net, blockMB, stepS).map((s, i) => Math.abs(s / exact[i]! - 1));
}

describe('blocks in turn', () => {
  const on = (...resources: number[]): Use[] => resources.map((resource) => ({ resource, perMB: 1 }));
  const long = (uses: Use[], capMBps = 1e6) => ({ MB: 10_000, capMBps, uses });

  // by hand: the flow over both resources gets 30 MB/s of the narrow one, and leaves 70 of the wide one to the other
  it('come within 3 % of the max-min fair rates of three flows on two resources', () => {
    const resources = [100, 60].map((capacity) => ({ capacity, efficiency: none }));
    const { pacer, slots } = pacerFor({ resources, flows: [long(on(0, 1)), long(on(0)), long(on(1))] }, 10);
    const written = [0, 0, 0];
    for (let nowS = 0; nowS <= 100; nowS += 0.5) {
      pacer.drive(nowS);
      for (const slot of slots)
        for (; written[slot]! < pacer.arrived(slot); written[slot]!++) pacer.wrote(slot);
    }
    for (const [slot, MBps] of [30, 70, 30].entries())
      expect(Math.abs(pacer.movedMB(slot) / (100 * MBps) - 1)).toBeLessThan(0.03);
  });

  it('come near the exact end of every flow of a drawn net', () => {
    const efficiency = fc.oneof(
      fc.constant(none),
      fc.constant({ kind: 'loss', lossPerStream: 0.03, efficiencyFloor: 0.25 } as const),
      fc.constant({ kind: 'comfort', comfortable: 2, floor: 0.25 } as const),
    );
    const nets = fc
      .record({
        resources: fc.array(fc.record({ capacity: fc.integer({ min: 20, max: 400 }), efficiency }), {
          minLength: 2,
          maxLength: 4,
        }),
        flows: fc.array(
          fc.record({
            MB: fc.integer({ min: 3000, max: 9000 }),
            capMBps: fc.constantFrom(40, 100, 1e6),
            ways: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
            perMB: fc.constantFrom(0.5, 1, 2),
          }),
          { minLength: 3, maxLength: 8 },
        ),
      })
      .map(({ resources, flows }): Net => ({
        resources,
        flows: flows.map(({ MB, capMBps, ways, perMB }) => {
          const uses = [...new Set(ways.map((w) => w % resources.length))];
          return { MB, capMBps, uses: uses.map((resource) => ({ resource, perMB })) };
        }),
      }));
    // 300 to 900 blocks a flow; the way and the turns of the others delay each by a few, the shortest by most
    const errors = fc
      .sample(nets, { numRuns: 100, seed: 1 })
      .flatMap((net) => errorsOf(net, 10, 0.05))
      .toSorted((a, b) => a - b);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.003);
    expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThan(0.03);
  });

  it('are not delayed by a host that looks late', () => {
    const resources = [{ capacity: 100, efficiency: none }];
    const net = { resources, flows: [long(on(0)), long(on(0))] };
    // a look every 2 s: some 10 blocks of 10 MB for each flow
    expect(Math.max(...errorsOf(net, 10, 2))).toBeLessThan(0.001);
  });

  it('are served again where a capacity comes back, and go on where others are taken away', () => {
    const resources = [{ capacity: 100, efficiency: none }];
    const { pacer } = pacerFor(
      {
        resources,
        flows: [
          { ...long(on(0)), MB: 400 },
          { ...long(on(0)), MB: 400 },
        ],
      },
      10,
    );
    pacer.drive(2);
    pacer.setCapacity(0, 0, 2);
    expect(pacer.nextS()).toBe(Infinity);
    pacer.setCapacity(0, 100, 12);
    // 100 MB of each in the first 2 s, 50 more in the third, but for what is on the way
    expect(Math.abs(pacer.close(1, 13) - 150)).toBeLessThanOrEqual(10);
    pacer.drive(20);
    expect(Math.abs(pacer.doneS(0) - (12 + 1 + 2.5))).toBeLessThanOrEqual(0.2);
  });
});
