import type { Strategy } from '../model/strategy.ts';

export interface TimedStrategy {
  readonly strategy: Strategy;
  /** ms that its deciders have taken so far, to be made, to hear notices and to decide */
  ms(): number;
}

/** The same strategy, with a clock beside it that it cannot see. @param clock milliseconds */
export function timeStrategy(strategy: Strategy, clock: () => number): TimedStrategy {
  let spentMs = 0;
  function timed<T>(call: () => T): T {
    const startMs = clock();
    try {
      return call();
    } finally {
      spentMs += clock() - startMs;
    }
  }
  return {
    strategy: {
      ...strategy,
      create(setup) {
        const decider = timed(() => strategy.create(setup));
        return {
          decide: (view) => timed(() => decider.decide(view)),
          notice: (notice, view) => timed(() => decider.notice?.(notice, view)),
        };
      },
    },
    ms: () => spentMs,
  };
}
