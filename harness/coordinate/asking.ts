import type { JobFacts, Roles } from '../model/facts.ts';
import type { Decider, Decision, Notice, Random, View } from '../model/strategy.ts';
import { DecisionInvalid, StrategyCrashed } from './contract-error.ts';
import type { Shared } from './shared.ts';

/** Whatever a strategy throws becomes the cell's status, never a crash of the harness. */
export function guarded<T>(name: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw blamed(name, error);
  }
}

function blamed(name: string, error: unknown): Error {
  if (error instanceof DecisionInvalid) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new StrategyCrashed(`${name} threw: ${what}`, { cause: error });
}

/** A strategy that promised to draw nothing gets this. */
const noRandom = (name: string): Random => {
  const refuse = () => {
    throw new DecisionInvalid(`${name} promised seed-free, but drew a random number`);
  };
  return { next: refuse, below: refuse };
};

/** A copy: what a decision says is read once, whatever lies behind its properties. */
const plain = (decision: Decision): Decision =>
  typeof decision === 'object' && decision !== null ? { ...decision } : decision;

export interface Asking {
  decide(view: View): Decision;
  notice(notice: Notice, view: View): void;
  /** what the strategy said about its latest decision */
  why(): string | null;
}

/** Makes a decider for one job and stands between it and the harness. */
export function createAsking(
  shared: Shared,
  job: JobFacts,
  { roles, takeovers, inherited }: { roles: Roles; takeovers: number; inherited: () => Notice | null },
): Asking {
  const { strategy, params, night } = shared;
  let said: string | null = null;
  const seedFree = strategy.keeps(params).includes('seed-free');
  const decider: Decider = guarded(strategy.name, () =>
    strategy.create({
      params,
      rng: seedFree ? noRandom(strategy.name) : shared.randomFor(job.id, takeovers),
      cluster: night.facts,
      job,
      roles,
      takeover: takeovers > 0,
      trace: (why) => (said = why),
    }),
  );
  let isBegun = false;
  return {
    // as often as anything happens: no closures
    decide(view) {
      try {
        return plain(decider.decide(view));
      } catch (error) {
        throw blamed(strategy.name, error);
      }
    },
    notice(notice, view) {
      // who takes over between two rounds hears nothing before the next begins: all that is inherited then
      if (!isBegun && notice.type !== 'round') return;
      const before = isBegun ? null : inherited();
      isBegun = true;
      try {
        if (before !== null) decider.notice?.(before, view);
        decider.notice?.(notice, view);
      } catch (error) {
        throw blamed(strategy.name, error);
      }
    },
    why() {
      const last = said;
      said = null;
      return last;
    },
  };
}
