import type { Params } from '../../harness/model/params.ts';
import type { AttemptRecord } from '../../harness/model/record.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import type { Night } from '../scenes/players.ts';

// What a night must hold to, computed from the records of its attempts alone: nothing here asks the coordinator.

const streams = (a: AttemptRecord) => a.streams;
const one = () => 1;

/** The most that attempts hold at once; what ends in an instant makes room for what starts in it. */
function mostAtOnce(attempts: readonly AttemptRecord[], weigh: (a: AttemptRecord) => number): number {
  const changes = attempts
    .filter((a) => a.endS === null || a.endS > a.startS)
    .flatMap((a) => [
      { atS: a.startS, by: weigh(a) },
      { atS: a.endS ?? Infinity, by: -weigh(a) },
    ])
    .toSorted((x, y) => x.atS - y.atS || x.by - y.by);
  let held = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (held += by));
  return most;
}

function overfull(
  night: Night,
  key: 'proxy' | 'agent' | 'job',
  places: readonly { id: number; name: string; limit: number }[],
): string[] {
  return places.flatMap(({ id, name, limit }) => {
    const own = night.attempts.filter((a) => a[key] === id);
    const most = mostAtOnce(own, streams);
    return most > limit ? [`${key} ${name} carried ${most} streams of ${limit}`] : [];
  });
}

const unitOf = (a: AttemptRecord) => `job ${a.job} unit ${a.unit}`;

/** Hard limits, whatever a strategy promises. */
function brokenLimits(night: Night): string[] {
  const { jobs, agents } = night.night;
  const jobLimits = jobs.map((j) => ({ ...j, limit: j.streams }));
  const agentLimits = agents.map((a) => ({ ...a, limit: a.maxStreams }));
  const twice = [...new Set(night.attempts.map(unitOf))].filter(
    (unit) =>
      mostAtOnce(
        night.attempts.filter((a) => unitOf(a) === unit),
        one,
      ) > 1,
  );
  return [
    ...overfull(night, 'job', jobLimits),
    ...overfull(night, 'agent', agentLimits),
    ...twice.map((unit) => `two live attempts of ${unit}`),
  ];
}

function brokenRounds(night: Night): string[] {
  const starts = night.attempts.map((a) => `${unitOf(a)} round ${a.round}`);
  return starts.filter((start, i) => starts.indexOf(start) !== i).map((start) => `twice: ${start}`);
}

/** Starts of a tier that was not open yet. */
function brokenTiers(night: Night, workUnit: 'vm' | 'disk'): string[] {
  return night.attempts.flatMap((a) => {
    const facts = night.night.jobFacts(a.job, workUnit);
    const tiers = new Set(night.night.proxies.map((p) => facts.tier(a.unit, p.id)));
    const better = ([1, 2, 3, 4] as const).filter((t) => t < a.tier && tiers.has(t)).length;
    return better < a.round ? [] : [`attempt ${a.attempt}: ${better} better tiers in round ${a.round}`];
  });
}

/** Everything that a night broke of what always holds and of what its strategy promises. */
export function brokenPromises(night: Night, strategy: Strategy, params: Params): string[] {
  const keeps = strategy.keeps(params);
  return [
    ...brokenLimits(night),
    ...(keeps.includes('proxy-limit') ? overfull(night, 'proxy', night.night.proxies) : []),
    ...(keeps.includes('once-per-round') ? brokenRounds(night) : []),
    ...(keeps.includes('best-tier-first') ? brokenTiers(night, strategy.workUnit(params)) : []),
  ];
}

/** Whether a value, and everything that hangs on it, is frozen. */
export function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen);
}
