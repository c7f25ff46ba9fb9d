import { Bench } from 'tinybench';
import { expect, test } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import type { Trace } from '../../harness/engine/fluid-trace/trace.ts';
import { workloads } from '../scenes/counted-work.ts';
import { diskReads } from '../scenes/disk-reads.ts';
import { traceLines, type TraceSize } from '../scenes/draw-trace.ts';
import { createTraceReader } from '../../harness/engine/fluid-trace/trace-reader.ts';
import { medianMs, say } from './figures.ts';

const run = (trace: Trace) => runTrace(trace, createFastSolver(), null);

function traceOf(size: TraceSize): Trace {
  const reader = createTraceReader('drawn');
  for (const line of traceLines(size, 1)) reader.line(line);
  return reader.end();
}

test('ten times the flows, slots and resources', async () => {
  say('flows | ms, median | times the size before');
  let before = NaN;
  for (const k of [1, 10, 100]) {
    const size = { flows: 1e4, dataStores: 100, proxies: 40, agents: 8, hosts: 200, slots: 400 };
    const grown = Object.fromEntries(Object.entries(size).map(([what, n]) => [what, n * k]));
    const trace = traceOf({ ...(grown as typeof size), zipf: 0 });
    const bench = new Bench({ time: 0, iterations: k === 100 ? 3 : 9, warmupTime: 0, warmupIterations: 3 });
    bench.add('run', () => void run(trace));
    await bench.run();
    const ms = medianMs(bench.tasks[0]!);
    say(`${trace.flowCount} | ${ms.toFixed(1)} | ${(ms / before).toFixed(1)}`);
    before = ms;
  }
});

test('10,000 reads of 1 to 1,000 disks, as DSLab and SimGrid were timed', async () => {
  say('disks | ms, median');
  for (const disks of [1, 10, 50, 100, 1000]) {
    const trace = diskReads(10_000, disks);
    const bench = new Bench({ time: 0, iterations: 15, warmupTime: 0, warmupIterations: 5 });
    bench.add('run', () => void run(trace));
    await bench.run();
    say(`${disks} | ${medianMs(bench.tasks[0]!).toFixed(1)}`);
    expect(run(trace).events).toBe(10_000);
  }
});

test('counted work per event', () => {
  for (const [name, count] of Object.entries(workloads)) say(`${name}: ${JSON.stringify(count())}`);
});
