import type { Id, JobFacts } from '../model/facts.ts';
import type { Notice, View } from '../model/strategy.ts';
import { groupBy } from './group.ts';

/** Which proxies have room for a stream of the job, kept up by notices: no decision has to ask them all. */
export interface RoomWatch {
  has(proxy: Id): boolean;
  /** is to be told of every notice, first */
  notice(n: Notice, view: View): void;
}

/** @param changed is told of each proxy whose room or streams a notice may have changed; when a round begins, of every one */
export function createRoomWatch(
  job: JobFacts,
  { proxyCount, respectLimit }: { readonly proxyCount: number; readonly respectLimit: boolean },
  changed: (proxy: Id, view: View) => void,
): RoomWatch {
  const room = new Uint8Array(proxyCount);
  /** proxies that share their media agents, by these */
  const sharing = groupBy(Array(proxyCount).keys(), job.agentsOf);
  const classes = [...sharing].map(([agents, proxies]) => ({ agents, proxies, isFree: false }));
  /** by agent */
  const classesOf: (typeof classes | undefined)[] = [];
  for (const a of job.agents) classesOf[a] = classes.filter((c) => c.agents.includes(a));
  const byAgents = new Map(classes.map((one) => [one.agents, one]));
  const classOf = Array.from({ length: proxyCount }, (_, proxy) => byAgents.get(job.agentsOf(proxy))!);

  /** It could take one more stream of the job now: in service, with a slot at a media agent and, where it counts, below its limit. */
  function look(proxy: Id, view: View): void {
    const { proxies } = view;
    const isBelow = !respectLimit || proxies.active[proxy]! < proxies.limit[proxy]!;
    room[proxy] = Number(isBelow && proxies.inService[proxy] === 1 && classOf[proxy]!.isFree);
    changed(proxy, view);
  }

  /** proxies have to be asked again only when the last slot of their agents is taken, or the first is free again */
  function lookAtAgent(agent: Id, view: View): void {
    const { active, limit, inService } = view.agents;
    const hasSlot = inService[agent] === 1 && active[agent]! < limit[agent]!;
    for (const one of classesOf[agent] ?? []) {
      const isFree = hasSlot || view.agentFree(one.proxies[0]!) > 0;
      if (isFree === one.isFree) continue;
      one.isFree = isFree;
      for (const proxy of one.proxies) look(proxy, view);
    }
  }

  return {
    has: (proxy) => room[proxy] === 1,
    notice(n, view) {
      if (n.type === 'opened' || n.type === 'closed') {
        lookAtAgent(n.agent, view);
        look(n.proxy, view);
      } else if (n.type === 'service' && n.entity === 'proxy') look(n.id, view);
      else if (n.type === 'service' && n.entity === 'agent') lookAtAgent(n.id, view);
      else if (n.type === 'round') {
        for (const one of classes) one.isFree = view.agentFree(one.proxies[0]!) > 0;
        for (let proxy = 0; proxy < proxyCount; proxy++) look(proxy, view);
      }
    },
  };
}
