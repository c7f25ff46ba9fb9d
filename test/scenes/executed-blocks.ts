import { Session, type Profiler } from 'node:inspector';

// Counters are in code that is compiled from here on: import this first.
const session = new Session();
session.connect();

function ask(method: string, params: object = {}): unknown {
  let answer: unknown;
  session.post(method, params, (error, result) => {
    if (error !== null) throw error;
    answer = result;
  });
  return answer;
}

ask('Profiler.enable');
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * How many blocks of code of some files `act` runs: every pass of every loop in them, wherever its data are kept. Exact, by the
 * counters of the engine itself.
 *
 * @param isCounted by the address of a source
 */
export function countBlocks(isCounted: (url: string) => boolean, act: () => void): number {
  ask('Profiler.takePreciseCoverage'); // from here on
  act();
  const { result } = ask('Profiler.takePreciseCoverage') as Profiler.TakePreciseCoverageReturnType;
  return result
    .filter(({ url }) => isCounted(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}
