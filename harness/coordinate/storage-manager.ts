import { tiers } from '../model/access.ts';
import type { Id, JobFacts, Roles } from '../model/facts.ts';
import type { Job, Night } from '../model/night.ts';
import type { Counters } from './counters.ts';

// The storage manager: names the roles of a job and picks the media agent of a stream.

/**
 * Names coordinator and controllers (S:444): the document's, else the first proxy that is in service and reaches a unit
 * of the job; in the place of one that is lost the next, in the order of the controllers (A23). Coordinator null = none is
 * in service.
 */
export function nameRoles({
  night,
  job,
  facts,
  counters,
}: {
  night: Night;
  job: Job;
  facts: JobFacts;
  counters: Counters;
}): Roles {
  const reaches = new Set<Id>();
  for (let reach = 0; reach < facts.reachCount; reach++)
    for (const tier of tiers) for (const p of facts.candidates(reach, tier)) reaches.add(p);
  const able = night.proxies.map((p) => p.id).filter((p) => reaches.has(p));
  const line = [...(job.coordinator === null ? [] : [job.coordinator]), ...(job.controllers ?? []), ...able];
  const coordinator = line.find((p) => counters.proxies.inService[p] === 1) ?? null;
  return { coordinator, controllers: [...new Set(job.controllers ?? able)].filter((p) => p !== coordinator) };
}

/**
 * The media agent of a new stream: fewest active streams, then the lowest id (night.md N15).
 *
 * @returns null = none in service has so many slots free
 */
export function pickAgent(counters: Counters, agents: readonly Id[], streams: number): Id | null {
  const { active, limit, inService } = counters.agents;
  let best: Id | null = null;
  // frozen lists are gone through by number: an iterator makes an object for each of their items
  for (let i = 0; i < agents.length; i++) {
    const a = agents[i]!;
    if (inService[a] === 0 || limit[a]! - active[a]! < streams) continue;
    if (best === null || active[a]! < active[best]!) best = a;
  }
  return best;
}
