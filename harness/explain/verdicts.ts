import { tiers, modeOf, type AccessMode, type Tier } from '../model/access.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { StrategyPromise, View } from '../model/strategy.ts';

// Why a proxy did or did not get a VM, from facts and counters alone, so that it can be said of every strategy. What only
// the strategy knows, it says itself (`Setup.trace`).

export interface Verdict {
  readonly proxy: string;
  readonly verdict:
    | 'chosen'
    | 'had-room'
    | 'at-limit'
    | 'no-agent-slot'
    | 'not-yet' // its access mode opens in a later round
    | 'out-of-service'
    | 'no-path';
  /** null = no path */
  readonly mode: AccessMode | null;
  /** streams of all jobs */
  readonly active: number;
  readonly limit: number;
  readonly reason: string;
}

/** A unit of a job, and what its strategy promised. */
export interface Asked {
  readonly night: Night;
  readonly job: JobFacts;
  readonly keeps: readonly StrategyPromise[];
  readonly unit: Id;
}

/** A proxy that reaches the unit, and the round from which on it may be taken: 1 where the strategy does not promise best-tier-first. */
export interface Candidate {
  readonly proxy: Id;
  readonly tier: Exclude<Tier, 0>;
  readonly fromRound: number;
}

export function candidatesOf({ job, keeps, unit }: Asked): Candidate[] {
  const { reach } = job.units[unit]!;
  const present = tiers.filter((tier) => job.candidates(reach, tier).length > 0);
  return present.flatMap((tier, better) =>
    job.candidates(reach, tier).map((proxy) => ({
      proxy,
      tier,
      fromRound: keeps.includes('best-tier-first') ? better + 1 : 1,
    })),
  );
}

/** What keeps a candidate from taking one more stream now; null = nothing that can be counted. */
export function obstacleTo(
  { proxy, fromRound }: Candidate,
  view: View,
  keeps: readonly StrategyPromise[],
): 'at-limit' | 'no-agent-slot' | 'not-yet' | 'out-of-service' | null {
  if (view.proxies.inService[proxy] !== 1) return 'out-of-service';
  if (fromRound > view.round) return 'not-yet';
  if (keeps.includes('proxy-limit') && view.proxies.active[proxy]! >= view.proxies.limit[proxy]!)
    return 'at-limit';
  return view.agentFree(proxy) < 1 ? 'no-agent-slot' : null;
}

/**
 * Of every proxy, in document order.
 *
 * @param view as it stood before the decision
 * @param chosen null = nothing was decided for the unit
 */
export function verdictsOf(asked: Asked, view: View, chosen: Id | null): Verdict[] {
  const { night, job, keeps, unit } = asked;
  const { active, limit } = view.proxies;
  const candidates = new Map(candidatesOf(asked).map((c) => [c.proxy, c]));
  const utilisation = (p: Id) => (active[p]! / limit[p]!).toFixed(2);
  return night.proxies.map(({ id, name }) => {
    const counts = { proxy: name, active: active[id]!, limit: limit[id]! };
    const candidate = candidates.get(id);
    if (candidate === undefined) {
      const reason = `no path: ${whyNoPath(night, job, { unit, proxy: id })}`;
      return { ...counts, verdict: 'no-path', mode: null, reason };
    }
    const mode = modeOf(candidate.tier);
    const streams = `${active[id]} of ${limit[id]} streams`;
    if (id === chosen)
      return {
        ...counts,
        verdict: 'chosen',
        mode,
        reason: `chosen: ${mode}, ${streams}, utilisation ${utilisation(id)}`,
      };
    const obstacle = obstacleTo(candidate, view, keeps);
    const said: Record<Exclude<typeof obstacle, null>, string> = {
      'at-limit': `at its limit, ${streams}`,
      'no-agent-slot': 'no free slot at a media agent that it reaches',
      'not-yet': `${mode} mode, not before round ${candidate.fromRound}`,
      'out-of-service': 'out of service',
    };
    const beside =
      chosen === null
        ? ''
        : utilisation(chosen) === utilisation(id)
          ? ', as the chosen one'
          : `; the chosen one had ${utilisation(chosen)}`;
    const room = `${mode}, ${streams}, utilisation ${utilisation(id)}${beside}`;
    return {
      ...counts,
      mode,
      verdict: obstacle ?? 'had-room',
      reason: obstacle === null ? `had room: ${room}` : said[obstacle],
    };
  });
}

export interface DeviceStreams {
  readonly device: string;
  /** streams of all jobs */
  readonly active: number;
}

/** How busy the devices of a unit were, which is what strategies look at before they pile more on them. */
export const streamsOnDevices = ({ night, job, unit }: Asked, view: View): DeviceStreams[] =>
  job.units[unit]!.devices.map((d) => ({ device: night.devices[d]!.name, active: view.devices.active[d]! }));

/** The first step of S:484-490 that leaves the proxy out. */
function whyNoPath(night: Night, job: JobFacts, { unit, proxy: p }: { unit: Id; proxy: Id }): string {
  const proxy = night.proxies[p]!;
  const server = night.servers[job.units[unit]!.server]!;
  if (!proxy.candidate) return 'no active data agent on it';
  if (!proxy.hypervisors.includes(server.hypervisor)) return `not made for hypervisor ${server.hypervisor}`;
  if (job.agentsOf(p).length === 0) return `no way on to a media agent of job ${job.name}`;
  return `other site, ${night.sites[proxy.site]}`;
}
