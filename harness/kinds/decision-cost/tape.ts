import type { Night } from '../../model/night.ts';
import type { Params } from '../../model/params.ts';
import type { Decision, Notice, Setup, Strategy } from '../../model/strategy.ts';
import { simulateNight } from '../simulate-night.ts';

/** What a decider meets: a notice, or the question what it decides. */
export interface Input {
  readonly nowS: number;
  /** null = it is asked */
  readonly notice: Notice | null;
}

/** All that one decider met in one night, up to its last decision of the first round that it was told of. */
export interface Tape {
  readonly setup: Omit<Setup<Params>, 'rng' | 'trace'>;
  /** what it drew, in order */
  readonly draws: readonly number[];
  readonly inputs: readonly Input[];
  /** of the inputs: up to the notice of the round, at which lists are built */
  readonly listInputs: number;
  /** what it answered, in order */
  readonly decisions: readonly Decision[];
}

export interface TapedNight {
  readonly night: Night;
  readonly strategy: Strategy;
  readonly params: Params;
  readonly seedText: string;
}

/**
 * Simulates the night once and keeps what each decider met: one tape per job, one more per takeover.
 *
 * @throws {DecisionInvalid | StrategyCrashed | Unsupported} what the strategy did wrong
 */
export function tapeNight({ strategy, ...night }: TapedNight): Tape[] {
  const recordings: (() => Tape | null)[] = [];
  const recorded: Strategy = {
    ...strategy,
    create({ rng, trace, ...setup }) {
      const draws: number[] = [];
      const kept = (value: number) => {
        draws.push(value);
        return value;
      };
      const decider = strategy.create({
        ...setup,
        trace,
        rng: { next: () => kept(rng.next()), below: (n) => kept(rng.below(n)) },
      });
      const inputs: Input[] = [];
      const decisions: Decision[] = [];
      let rounds = 0;
      recordings.push(() => trimmed({ setup, draws, inputs, decisions }));
      return {
        decide(view) {
          const decision = decider.decide(view);
          if (rounds === 1) {
            inputs.push({ nowS: view.nowS, notice: null });
            decisions.push(decision);
          }
          return decision;
        },
        notice(notice, view) {
          if (notice.type === 'round') rounds++;
          if (rounds <= 1) inputs.push({ nowS: view.nowS, notice });
          decider.notice?.(notice, view);
        },
      };
    },
  };
  simulateNight({ strategy: recorded, ...night });
  return recordings.flatMap((recording) => recording() ?? []);
}

/** null = it ended before a round began */
function trimmed(tape: Omit<Tape, 'listInputs'>): Tape | null {
  const listInputs = tape.inputs.findIndex(({ notice }) => notice?.type === 'round') + 1;
  if (listInputs === 0) return null;
  const lastAsked = tape.inputs.findLastIndex(({ notice }) => notice === null);
  return { ...tape, listInputs, inputs: tape.inputs.slice(0, Math.max(listInputs, lastAsked + 1)) };
}
