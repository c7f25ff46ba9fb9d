import { createLookCounter, type Looks } from './look-counter.ts';
import { createReplay, type CreateDecider } from './replay.ts';
import type { Tape } from './tape.ts';

/** Counted work, summed over the tapes of a night: the same on every machine. */
export interface Work {
  /** list generations: one per tape */
  readonly lists: number;
  /** answers, those of them that start a unit, and those that wait or end the round among the rest */
  readonly decisions: number;
  readonly starts: number;
  readonly listLooks: Looks;
  /** from one answer to the next, so that what a decider does at notices counts too */
  readonly decisionLooks: Looks;
  /** of one decision */
  readonly mostUnits: number;
  readonly mostProxies: number;
}

/** @throws {Error} where a fresh decider answers otherwise than the one on the tape did */
export function countWork(tapes: readonly Tape[], create: CreateDecider): Work {
  const lists: Looks[] = [];
  const each: Looks[] = [];
  for (const tape of tapes) {
    const counter = createLookCounter();
    let answers = 0;
    const replay = createReplay(tape, create, {
      setup: (setup) => ({
        ...setup,
        job: counter.watchJob(setup.job),
        cluster: counter.watchCluster(setup.cluster),
      }),
      view: counter.watchView,
      answered(decision) {
        each.push(counter.take());
        const taped = tape.decisions[answers++];
        if (JSON.stringify(decision) !== JSON.stringify(taped))
          throw new Error(
            `decision ${answers} was ${JSON.stringify(taped)}, in its replay ${JSON.stringify(decision)}`,
          );
      },
    });
    replay.buildList();
    lists.push(counter.take());
    replay.decide();
  }
  const decisions = tapes.flatMap((tape) => tape.decisions);
  return {
    lists: tapes.length,
    decisions: decisions.length,
    starts: decisions.filter((decision) => decision.do === 'start').length,
    listLooks: sumOf(lists),
    decisionLooks: sumOf(each),
    mostUnits: each.reduce((most, { units }) => Math.max(most, units), 0),
    mostProxies: each.reduce((most, { proxies }) => Math.max(most, proxies), 0),
  };
}

const sumOf = (all: readonly Looks[]): Looks =>
  all.reduce(
    (sum, one) => ({
      units: sum.units + one.units,
      proxies: sum.proxies + one.proxies,
      reads: sum.reads + one.reads,
    }),
    { units: 0, proxies: 0, reads: 0 },
  );
