import { createMirror } from '../../coordinate/mirror.ts';
import type { Params } from '../../model/params.ts';
import type { Decider, Decision, Random, Setup, View } from '../../model/strategy.ts';
import type { Input, Tape } from './tape.ts';

/** A tape played to a fresh decider. In two parts: first `buildList`, then `decide`; each once. */
export interface Replay {
  /** creates the decider, and tells it all up to the first notice of a round */
  buildList(): void;
  /** the rest: every notice, every question */
  decide(): void;
}

export type CreateDecider = (setup: Setup<Params>) => Decider;

/** Looks on, for who counts; what is measured by the clock has none. */
export interface Watch {
  readonly setup: (setup: Setup<Params>) => Setup<Params>;
  readonly view: (view: View) => View;
  readonly answered: (decision: Decision) => void;
}

const unwatched: Watch = { setup: (setup) => setup, view: (view) => view, answered: () => {} };

export function createReplay(tape: Tape, create: CreateDecider, watch: Watch = unwatched): Replay {
  const mirror = createMirror(tape.setup.cluster, tape.setup.job, noQueries);
  const setup = watch.setup({ ...tape.setup, rng: drawAgain(tape.draws), trace: () => {} });
  const view = watch.view(mirror.view);
  let decider: Decider | null = null;

  function play(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const { nowS, notice }: Input = tape.inputs[i]!;
      mirror.setNow(nowS);
      if (notice === null) watch.answered(decider!.decide(view));
      else {
        mirror.apply(notice);
        decider!.notice?.(notice, view);
      }
    }
  }

  return {
    buildList() {
      decider = create(setup);
      play(0, tape.listInputs);
    },
    decide: () => play(tape.listInputs, tape.inputs.length),
  };
}

/** Does nothing: what its replay takes is the harness's own share. */
export const idleDecider: CreateDecider = () => ({ decide: () => ({ do: 'wait' }), notice: () => {} });

/** The same numbers again: a draw costs next to nothing, and the same decisions follow. */
function drawAgain(draws: readonly number[]): Random {
  let next = 0;
  const draw = () => draws[next++]!;
  return { next: draw, below: draw };
}

const noQueries: Pick<View, 'latencyMs' | 'rateIfMBps'> = {
  latencyMs: () => refuse('latency'),
  rateIfMBps: () => refuse('what-if'),
};

function refuse(query: string): never {
  throw new Error(`a replay cannot answer ${query}`);
}
