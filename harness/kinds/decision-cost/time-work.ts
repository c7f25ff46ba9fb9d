import { createReplay, idleDecider, type CreateDecider, type Replay } from './replay.ts';
import type { Tape } from './tape.ts';

/** Clock figures of a night, summed over its tapes; what the harness itself takes is taken off. */
export interface Times {
  readonly listMs: number;
  readonly decisionMs: number;
}

export interface Timed {
  readonly name: string;
  /** before each run, not timed */
  readonly prepare: () => void;
  readonly run: () => void;
}

/** @returns the median over several runs, in ms */
export type Stopwatch = (timed: Timed) => number;

export function timeWork(
  tapes: readonly Tape[],
  { name, create }: { name: string; create: CreateDecider },
  stopwatch: Stopwatch,
): Times {
  const own = timeBoth(tapes, { name, create }, stopwatch);
  const harness = timeBoth(tapes, { name: `${name}: harness`, create: idleDecider }, stopwatch);
  return {
    listMs: Math.max(0, own.listMs - harness.listMs),
    decisionMs: Math.max(0, own.decisionMs - harness.decisionMs),
  };
}

function timeBoth(
  tapes: readonly Tape[],
  { name, create }: { name: string; create: CreateDecider },
  stopwatch: Stopwatch,
): Times {
  let replays: Replay[] = [];
  const fresh = () => (replays = tapes.map((tape) => createReplay(tape, create)));
  return {
    listMs: stopwatch({
      name: `${name}, lists`,
      prepare: fresh,
      run: () => replays.forEach((replay) => replay.buildList()),
    }),
    decisionMs: stopwatch({
      name: `${name}, decisions`,
      prepare: () => fresh().forEach((replay) => replay.buildList()),
      run: () => replays.forEach((replay) => replay.decide()),
    }),
  };
}
