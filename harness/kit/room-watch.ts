import type { Id, JobFacts } from '../model/facts.ts';
import type { Notice, View } from '../model/strategy.ts';
import { groupBy } from './group.ts';
import { hasRoom } from './proxy-room.ts';

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
  const classesOf = new Map(job.agents.map((a) => [a, classes.filter((c) => c.agents.includes(a))]));

  function look(proxy: Id, view: View): void {
    room[proxy] = Number(hasRoom(view, proxy, respectLimit));
    changed(proxy, view);
  }

  /** proxies have to be asked again only when the last slot of their agents is taken, or the first is free again */
  function lookAtAgent(agent: Id, view: View): void {
    for (const one of classesOf.get(agent) ?? []) {
      const isFree = view.agentFree(one.proxies[0]!) > 0;
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
