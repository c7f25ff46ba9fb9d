import type { Tier } from '../../harness/model/access.ts';
import type { Id, JobFacts } from '../../harness/model/facts.ts';
import type { Params } from '../../harness/model/params.ts';
import type { NightRecord } from '../../harness/model/record.ts';
import type { Document } from '../../harness/model/document/document.ts';
import {
  defineStrategy,
  type Decision,
  type Strategy,
  type StrategyPromise,
  type View,
} from '../../harness/model/strategy.ts';
import { simulateNight, type Simulation } from '../../harness/kinds/simulate-night.ts';
import { compileNight } from '../../harness/night/compile-night.ts';

// Deciders that are no strategies: as plain as can be, to drive the model.

const tiers: readonly Tier[] = [1, 2, 3, 4];

const metadata = {
  contract: 1,
  summary: 'for tests',
  source: 'none',
  additions: 'all',
} as const;

interface Candidate {
  readonly unit: Id;
  readonly proxy: Id;
}

/** Every start that is legal now with one stream. */
function* legalStarts(job: JobFacts, view: View, respectsLimit: boolean): Generator<Candidate> {
  const hasRoom = (p: Id) =>
    view.proxies.inService[p] === 1 &&
    view.agentFree(p) >= 1 &&
    (!respectsLimit || view.proxies.active[p]! < view.proxies.limit[p]!);
  if (view.jobFree < 1) return;
  for (const unit of view.awaiting())
    for (const proxy of proxiesOf(job, unit)) if (hasRoom(proxy)) yield { unit, proxy };
}

const proxiesOf = (job: JobFacts, unit: Id): Id[] =>
  tiers.flatMap((tier) => [...job.candidates(job.units[unit]!.reach, tier)]);

/** What runs may fail and await again, and what awaits may start once streams have ended. */
const isUnderWay = (job: JobFacts, view: View): boolean =>
  view.jobActive > 0 ||
  [...view.awaiting()].some((unit) =>
    proxiesOf(job, unit).some(
      (p) => view.proxies.inService[p] === 1 && job.agentsOf(p).some((a) => view.agents.inService[a] === 1),
    ),
  );

export type PlainParams = {
  readonly workUnit: 'vm' | 'disk';
  readonly retries: boolean;
  readonly respectsLimit: boolean;
};

const keepsOf = (p: PlainParams): StrategyPromise[] => [
  ...(p.retries ? [] : (['once-per-round'] as const)),
  ...(p.respectsLimit ? (['proxy-limit'] as const) : []),
];

const defaults: PlainParams = { workUnit: 'vm', retries: false, respectsLimit: true };

/**
 * Units in document order, each to the proxy with the fewest streams among those that reach it at any tier; not to one that
 * has failed it, where another has room.
 */
export const fewestStreams: Strategy = defineStrategy<PlainParams>({
  ...metadata,
  name: 'fewest-streams',
  defaults,
  workUnit: (p) => p.workUnit,
  keeps: (p) => [...keepsOf(p), 'seed-free'],
  create({ params, job }) {
    const failed = new Set<string>();
    return {
      notice(notice) {
        if (notice.type === 'failed') failed.add(`${notice.unit} ${notice.proxy}`);
      },
      decide(view): Decision {
        let best: Candidate | null = null;
        const rank = (c: Candidate) =>
          view.proxies.active[c.proxy]! + (failed.has(`${c.unit} ${c.proxy}`) ? 1e6 : 0);
        for (const start of legalStarts(job, view, params.respectsLimit)) {
          if (best !== null && start.unit !== best.unit) break;
          if (best === null || rank(start) < rank(best)) best = start;
        }
        if (best !== null) return { do: 'start', ...best };
        return { do: isUnderWay(job, view) ? 'wait' : 'end-round' };
      },
    };
  },
});

/** Any legal start, by chance; now and then it waits for a second, or ends the round early. */
export const anyStart: Strategy = defineStrategy<PlainParams>({
  ...metadata,
  name: 'any-start',
  defaults,
  workUnit: (p) => p.workUnit,
  keeps: keepsOf,
  create: ({ params, job, rng }) => ({
    decide(view): Decision {
      const starts = [...legalStarts(job, view, params.respectsLimit)];
      const dice = rng.below(20);
      if (starts.length > 0 && dice > 1) {
        const start = starts[rng.below(starts.length)]!;
        return dice > 10 ? { do: 'start', ...start } : { do: 'start', ...start, streams: 1 };
      }
      if (starts.length > 0 && dice === 1) return { do: 'wait', untilS: view.nowS + 1 };
      return { do: isUnderWay(job, view) && dice > 0 ? 'wait' : 'end-round' };
    },
  }),
});

/** Each idle proxy takes the largest unit that it reaches, one at a time. */
export const largestToIdle: Strategy = defineStrategy<PlainParams>({
  ...metadata,
  name: 'largest-to-idle',
  defaults,
  workUnit: (p) => p.workUnit,
  keeps: (p) => [...keepsOf(p), 'seed-free'],
  create: ({ params, job }) => ({
    decide(view): Decision {
      let best: Candidate | null = null;
      const sizeMB = (c: Candidate) => job.units[c.unit]!.toMoveMB;
      for (const start of legalStarts(job, view, params.respectsLimit))
        if (view.proxies.active[start.proxy] === 0 && (best === null || sizeMB(start) > sizeMB(best)))
          best = start;
      if (best !== null) return { do: 'start', ...best };
      return { do: isUnderWay(job, view) ? 'wait' : 'end-round' };
    },
  }),
});

export interface Play extends Partial<Omit<Simulation, 'night'>> {
  readonly clusterSeed?: number;
  readonly nightSeed?: number;
  readonly plain?: Partial<PlainParams>;
}

/** One night of a document, by default under `fewestStreams`. */
export function playNight(
  document: Document,
  { clusterSeed = 1, nightSeed = 1, plain, ...simulation }: Play = {},
): NightRecord {
  const strategy = simulation.strategy ?? fewestStreams;
  return simulateNight({
    night: compileNight(document, { clusterSeed, nightSeed }),
    strategy,
    params: { ...strategy.defaults, ...plain } as Params,
    seedText: `${nightSeed}|${strategy.name}`,
    ...simulation,
  });
}

/** By the unit's key: when its last attempt ended; null = not protected. */
export const endsByKey = (record: NightRecord): Record<string, number | null> =>
  Object.fromEntries(record.units.map((u) => [u.key, u.state === 'finished' ? u.endS : null]));
