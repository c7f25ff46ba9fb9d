import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import { traceLines, traceSizes, type TraceSize } from '../scenes/draw-trace.ts';
import { buildTwin } from '../scenes/simgrid-scene.ts';
import { parseTrace } from '../scenes/trace-scene.ts';

const isRequired = process.env['PROXYBENCH_REQUIRE_SIMGRID'] === '1';
const twin = buildTwin();

// Below 100 generations of slots: beyond, last digits grow into the times, SimGrid's own two modes among them.
const { small, medium } = traceSizes;
const sizes: Record<string, TraceSize> = {
  small,
  'with all data stores alike': { ...small, flows: 3000, zipf: 0 },
  'with one data store in great demand': { ...small, zipf: 2 },
  'held by caps alone': { ...small, dataStores: 500, proxies: 400, agents: 100, zipf: 0 },
  'over one media agent': { ...small, agents: 1, hosts: 0 },
  medium,
};

describe('the fast solver and SimGrid', () => {
  it('meet wherever SimGrid is asked for', () => {
    if (isRequired) expect(twin).toBeTypeOf('object');
  });

  describe.skipIf(typeof twin === 'string')(
    typeof twin === 'string' ? `skipped: ${twin}` : 'start and end the flows of a trace at the same times',
    () => {
      it.each(Object.entries(sizes))('%s', (_, size) => {
        const text = [...traceLines(size, 7)].join('\n');
        const path = join(mkdtempSync(join(tmpdir(), 'trace-')), 't.jsonl');
        writeFileSync(path, `${text}\n`);
        const { startS, endS } = runTrace(parseTrace(text), createFastSolver(), null);
        const { times } = (twin as Exclude<typeof twin, string>).run(path);
        const apart = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.max(a, b));
        const worst = times.reduce(
          (most, [start, end], f) => Math.max(most, apart(start, startS[f]!), apart(end, endS[f]!)),
          0,
        );
        expect(times).toHaveLength(size.flows);
        expect(worst).toBeLessThan(1e-6);
      });
    },
  );
});
