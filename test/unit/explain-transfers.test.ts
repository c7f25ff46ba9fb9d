import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import { tapped } from '../../harness/explain/solver-tap.ts';
import { writtenTrace } from '../../harness/explain/trace-lines.ts';
import { createTransfers } from '../../harness/explain/transfers.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import type { Document } from '../../harness/model/document/document.ts';
import { nightScene, sceneNames } from '../scenes/night-scenes.ts';
import { playNight } from '../scenes/plain-deciders.ts';
import { parseTrace } from '../scenes/trace-scene.ts';

/** A night with its transfers heard, and when each of them ended. */
function heard(document: Document) {
  const transfers = createTransfers();
  const endS: number[] = [];
  let nowS = 0;
  const createSolver = () => {
    const inner = tapped(createFastSolver(), transfers.tap);
    return {
      ...inner,
      advance(toS: number) {
        nowS = toS;
        const completed = inner.advance(toS);
        for (const flow of completed) endS[flow] = toS;
        return completed;
      },
      stop(flow: number) {
        endS[flow] = nowS;
        return inner.stop(flow);
      },
    };
  };
  playNight(document, { createSolver });
  return { transfers, endS };
}

const folder = new URL('../../fixtures/nights/', import.meta.url);
const nights: readonly (readonly [string, Document])[] = [
  ...sceneNames.map((name) => [name, nightScene(name)] as const),
  ...readdirSync(folder).map(
    (name) => [name, parseDocument(readFileSync(new URL(name, folder), 'utf8'), name)] as const,
  ),
];

describe('the transfers of a night as a trace', () => {
  it('end when they did in the night, where capacities are constant', () => {
    let compared = 0;
    for (const [name, document] of nights) {
      const { transfers, endS } = heard(document);
      const written = writtenTrace(name, transfers, 'fluid-trace');
      const trace = parseTrace([...written.lines()].join(''));
      if (written.leavesOut.length > 0) continue;
      compared++;
      for (const solver of [createSimpleSolver(), createFastSolver()]) {
        const run = runTrace(trace, solver, null);
        for (const [flow, atS] of endS.entries())
          expect(Math.abs(run.endS[flow]! - atS), `${name}, flow ${flow}`).toBeLessThanOrEqual(
            1e-9 * Math.max(1, atS),
          );
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  const leftOutOf = (name: string) => {
    const { transfers } = heard(nights.find(([n]) => n === name)![1]);
    return writtenTrace(name, transfers, 'fluid-trace').leavesOut;
  };

  it('say what the trace does not carry', () => {
    expect(leftOutOf('production-by-hour.yaml')).toEqual([
      'capacity that changes in the night: the largest stands (1 resource)',
    ]);
    expect(leftOutOf('hdd-streams.yaml')).toEqual([
      'capacity that is lost under many streams: none is lost (1 resource)',
    ]);
    expect(leftOutOf('nothing-to-read.yaml')).toEqual([
      'capacity that is none all night: what it held up moved nothing, and ends at once (1 resource)',
    ]);
    expect(leftOutOf('two-vms-one-device.yaml')).toEqual([]);
  });

  it('as version 1 are a closed system, shares gone into capacities', () => {
    const { transfers } = heard(nights.find(([n]) => n === 'incremental-read.yaml')![1]);
    const written = writtenTrace('incremental', transfers, 'fluid-trace-v1');
    expect(written.leavesOut).toEqual([
      'starts and pauses of the night: a slot takes the next flow as soon as it is free',
    ]);
    const trace = parseTrace([...written.lines()].join(''));
    // 25 s and 50 s in the night (fixtures/nights/incremental-read.yaml), where nothing is in the way of a read at its start
    expect(trace).toMatchObject({ atS: null, perMB: null });
    expect([...runTrace(trace, createFastSolver(), null).endS].filter((s) => s > 0)).toEqual([25, 50]);
  });
});
