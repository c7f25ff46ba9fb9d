import { inspect } from 'node:util';
import { tiers, type Tier } from '../model/access.ts';
import type { Id, JobFacts, UnitFacts } from '../model/facts.ts';
import { sameInstantS } from '../model/executor.ts';
import type { Decision, StrategyPromise } from '../model/strategy.ts';
import type { Night } from '../model/night.ts';
import type { Counters } from './counters.ts';

/** What the coordinator knows by itself, and holds a decision against: never the view. */
export interface Standing {
  readonly night: Night;
  readonly job: JobFacts;
  readonly keeps: readonly StrategyPromise[];
  readonly counters: Counters;
  readonly nowS: number;
  readonly round: number;
  readonly jobFree: number;
  isAwaiting(unit: Id): boolean;
  /** streams that would be given: asked for, or the default */
  streamsFor(start: Start): number;
  agentFree(proxy: Id): number;
}

export type Start = Extract<Decision, { do: 'start' }>;

const isIndex = (x: unknown, length: number): x is number =>
  Number.isInteger(x) && (x as number) >= 0 && (x as number) < length;

/** what a start comes to: the unit, the streams that it would get, its tier */
interface Meant {
  readonly u: UnitFacts;
  readonly streams: number;
  readonly tier: Tier;
}

type Rule = (s: Standing, d: Start, meant: Meant) => string | null;

function countBetterTiers(job: JobFacts, reach: Id, tier: Tier): number {
  let count = 0;
  for (const t of tiers) if (t < tier && job.candidates(reach, t).length > 0) count++;
  return count;
}

/** Every rule that a start must meet, in the order in which a broken one is named. */
const startRules: readonly Rule[] = [
  (s, d, { u }) => (s.isAwaiting(d.unit) ? null : `${u.key} does not await backup`),
  (s, d) => (s.counters.proxies.inService[d.proxy] === 1 ? null : `${proxyName(s, d)} is out of service`),
  (s, d, { u, tier }) => (tier > 0 ? null : `${proxyName(s, d)} has no path to ${u.key}`),
  (s, d, { u }) =>
    d.streams === undefined ||
    (Number.isInteger(d.streams) &&
      d.streams >= 1 &&
      d.streams <= Math.min(s.job.streamsPerVm, u.disks.length))
      ? null
      : `${d.streams} streams for ${u.key}; the job allows ${s.job.streamsPerVm} per VM and it has ${u.disks.length} disks`,
  (s, _, { streams }) =>
    s.jobFree >= streams ? null : `${streams} streams, but the job has ${s.jobFree} free`,
  (s, d, { streams }) =>
    s.agentFree(d.proxy) >= streams
      ? null
      : `no media agent that ${proxyName(s, d)} reaches has ${streams} slots free`,
  (s, d, { streams }) => {
    const active = s.counters.proxies.active[d.proxy]! + streams;
    const limit = s.counters.proxies.limit[d.proxy]!;
    return !s.keeps.includes('proxy-limit') || active <= limit
      ? null
      : `promised proxy-limit, but ${proxyName(s, d)} would carry ${active} of ${limit} streams`;
  },
  (s, _, { u, tier }) => {
    if (!s.keeps.includes('best-tier-first')) return null;
    const better = countBetterTiers(s.job, u.reach, tier);
    return better < s.round
      ? null
      : `promised best-tier-first, but tier ${tier} of ${u.key} opens in round ${better + 1} and this is round ${s.round}`;
  },
];

const proxyName = (s: Standing, d: Start) => `proxy ${s.night.proxies[d.proxy]!.name}`;

const checks: {
  readonly [D in Decision['do']]: (s: Standing, d: Extract<Decision, { do: D }>) => string | null;
} = {
  start(s, d) {
    if (!isIndex(d.unit, s.job.units.length))
      return `no unit ${String(d.unit)}; the job has ${s.job.units.length}`;
    if (!isIndex(d.proxy, s.night.proxies.length))
      return `no proxy ${String(d.proxy)}; there are ${s.night.proxies.length}`;
    const u = s.job.units[d.unit]!;
    const meant = { u, streams: s.streamsFor(d), tier: s.job.tier(d.unit, d.proxy) };
    for (const rule of startRules) {
      const broken = rule(s, d, meant);
      if (broken !== null) return broken;
    }
    return null;
  },
  throttle: (s, d) =>
    !isIndex(d.device, s.night.devices.length)
      ? `no device ${String(d.device)}`
      : d.streamMBps === null || (Number.isFinite(d.streamMBps) && d.streamMBps > 0)
        ? null
        : `throttle to ${String(d.streamMBps)} MB/s; a number above 0, or null for none`,
  wait: (s, d) =>
    d.untilS === undefined || (Number.isFinite(d.untilS) && d.untilS > s.nowS + sameInstantS)
      ? null
      : `waits until ${d.untilS} s, which is not later than now`,
  'end-round': () => null,
};

/** @returns what is wrong with the decision; null = it is legal */
export function checkDecision(standing: Standing, decision: Decision): string | null {
  const kind: unknown = (decision as { do?: unknown } | null | undefined)?.do;
  if (typeof kind !== 'string' || !Object.hasOwn(checks, kind)) return `not a decision: ${inspect(decision)}`;
  return (checks[kind as Decision['do']] as (s: Standing, d: Decision) => string | null)(standing, decision);
}
