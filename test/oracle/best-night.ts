import { DecisionInvalid, StrategyCrashed } from '../../harness/coordinate/contract-error.ts';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { makespanOf } from '../../harness/measure/makespan.ts';
import type { JobFacts } from '../../harness/model/facts.ts';
import type { Night } from '../../harness/model/night.ts';
import { defineStrategy, type Decision, type Setup, type View } from '../../harness/model/strategy.ts';

// The best night by trying all: every unit on every proxy, with every number of streams, in every order, and begun at
// every instant at which anything is decided. A tree of decisions is walked by running the night anew for each leaf.

export interface Best {
  /** of complete nights; null = none was found */
  readonly makespanS: number | null;
  readonly runs: number;
  /** false: there were more ways than `mostRuns` */
  readonly isExhaustive: boolean;
}

/** This way cannot be better than what is known. */
class Hopeless extends Error {}

export interface Asked {
  readonly workUnit: 'vm' | 'disk';
  /** of the streams of proxies */
  readonly keepLimits: boolean;
  readonly mostRuns: number;
}

export function bestNight(night: Night, { workUnit, keepLimits, mostRuns }: Asked): Best {
  /** by depth: the choice taken, of so many */
  let path: { taken: number; of: number }[] = [];
  const { outages, slowdowns } = night.faults;
  const hasClock = night.jobs.length > 1 || outages.length > 0 || slowdowns.length > 0;
  let makespanS: number | null = null;
  let runs = 0;
  let depth = 0;

  function choose(options: readonly Decision[]): Decision {
    if (depth === path.length) path.push({ taken: 0, of: options.length });
    return options[path[depth++]!.taken]!;
  }

  const anything = defineStrategy({
    contract: 1,
    name: 'anything',
    summary: 'what the path says',
    source: 'this test',
    additions: '',
    defaults: {},
    workUnit: () => workUnit,
    keeps: () => (keepLimits ? ['proxy-limit'] : []),
    create: ({ job }: Setup<Record<string, never>>) => ({
      decide(view) {
        if (makespanS !== null && view.nowS >= makespanS) throw new Hopeless();
        if (view.awaitingCount === 0) return { do: view.jobActive > 0 ? 'wait' : 'end-round' };
        const starts = startsOf(job, view, keepLimits);
        // where nothing is under way, only what comes by the clock can end a wait
        const isIdle = Array.from(view.proxies.active).every((n) => n === 0);
        return choose(isIdle && !hasClock && starts.length > 0 ? starts : [...starts, { do: 'wait' }]);
      },
    }),
  });

  do {
    depth = 0;
    runs++;
    const found = run(() => {
      const record = simulateNight({ night, strategy: anything, params: {}, seedText: '' });
      return makespanOf(night, record);
    });
    if (found !== null && (makespanS === null || found < makespanS)) makespanS = found;
    path = path.slice(0, depth);
    while (path.length > 0 && path.at(-1)!.taken + 1 === path.at(-1)!.of) path.pop();
    if (path.length > 0) path.at(-1)!.taken++;
  } while (path.length > 0 && runs < mostRuns);
  return { makespanS, runs, isExhaustive: path.length === 0 };
}

/** null = the way was given up, or waits for ever. */
function run(night: () => number | null): number | null {
  try {
    return night();
  } catch (error) {
    if (error instanceof StrategyCrashed && error.cause instanceof Hopeless) return null;
    if (error instanceof DecisionInvalid && error.message.includes('waits for ever')) return null;
    throw error;
  }
}

function startsOf(job: JobFacts, view: View, keepLimits: boolean): Decision[] {
  const { active, limit } = view.proxies;
  const roomOf = (proxy: number) => (keepLimits ? limit[proxy]! - active[proxy]! : Infinity);
  return [...view.awaiting()].flatMap((unit) => {
    const most = Math.min(job.streamsPerVm, job.units[unit]!.disks.length, view.jobFree);
    return Array.from(view.proxies.inService, (isUp, proxy) => ({ isUp, proxy }))
      .filter(({ isUp, proxy }) => isUp === 1 && job.tier(unit, proxy) > 0)
      .flatMap(({ proxy }) =>
        Array.from(
          { length: Math.max(0, Math.min(most, view.agentFree(proxy), roomOf(proxy))) },
          (_, n): Decision => ({
            do: 'start',
            unit,
            proxy,
            streams: n + 1,
          }),
        ),
      );
  });
}
