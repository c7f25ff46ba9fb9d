import { Bench } from 'tinybench';
import { expect, test } from 'vitest';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import type { Trace } from '../../harness/engine/fluid-trace/trace.ts';
import { workloads } from '../scenes/counted-work.ts';
import { growths, traceOf, workPerEvent } from '../scenes/growing-traces.ts';
import { diskReads } from '../scenes/disk-reads.ts';
import { medianMs, say } from './figures.ts';

const run = (trace: Trace) => runTrace(trace, createFastSolver(), null);

test.each(growths)('more flows: $name', async ({ name, sizeOf }) => {
  say(`${name}: flows | ms, median | microseconds an event | solves an event | all counted work an event`);
  for (const k of [1, 3, 10, 30]) {
    const trace = traceOf(sizeOf(k));
    const bench = new Bench({ time: 0, iterations: k > 3 ? 3 : 9, warmupTime: 0, warmupIterations: 2 });
    bench.add('run', () => void run(trace));
    await bench.run();
    const ms = medianMs(bench.tasks[0]!);
    const { solves, all } = workPerEvent(trace);
    say(
      `${trace.flowCount} | ${ms.toFixed(1)} | ${((1000 * ms) / trace.flowCount).toFixed(1)} | ${solves.toFixed(2)} | ${all.toFixed(1)}`,
    );
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
