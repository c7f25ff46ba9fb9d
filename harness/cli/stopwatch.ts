import { Bench } from 'tinybench';
import type { Stopwatch } from '../kinds/decision-cost/time-work.ts';

/** However long they take. */
const fewest = { iterations: 11, warmupIterations: 3 };

/**
 * Times on this thread, alone: nothing else may run on it meanwhile.
 *
 * @param seconds for the runs of one figure, with what prepares them; half as long again to warm up
 */
export function createStopwatch(seconds: number): Stopwatch {
  const budgets = { time: seconds * 1000, warmupTime: seconds * 500 };
  return ({ name, prepare, run }) => {
    const bench = new Bench({ ...fewest, ...budgets, throws: true });
    let beganMs = 0;
    const beforeEach = () => {
      beganMs = performance.now();
      prepare();
    };
    const work = () => {
      run();
      // what prepares a run may take longer than the run: it counts towards the budget, not towards the figure
      return { overriddenIterationCost: performance.now() - beganMs };
    };
    bench.add(name, work, { beforeEach, async: false });
    const [task] = bench.runSync();
    const result = task!.result;
    if (result.state !== 'completed') throw new Error(`${name}: its measurement is ${result.state}`);
    return result.latency.p50;
  };
}
