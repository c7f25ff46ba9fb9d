import { tiers } from '../../model/access.ts';
import type { Id } from '../../model/facts.ts';
import type { Night } from '../../model/night.ts';
import { remember } from './remember.ts';
import type { Row, RowKind } from './rows.ts';

/**
 * Rows that may as well have one price, by a text: those of proxies, servers and agents that nothing tells apart. Faults do
 * not count: prices need not be the best ones.
 */
export function alikeRows(night: Night, workUnit: 'vm' | 'disk'): (row: Row) => string {
  const jobFacts = night.jobs.map((j) => night.jobFacts(j.id, workUnit));

  const reachesOf = (p: Id) =>
    jobFacts.map((facts) => {
      const seen: string[] = [];
      for (let reach = 0; reach < facts.reachCount; reach++)
        for (const t of tiers) if (facts.candidates(reach, t).includes(p)) seen.push(`${reach}:${t}`);
      return seen.join(' ');
    });
  const bare = remember((p: Id) => {
    const { id: _id, name: _name, server: _server, ...own } = night.proxies[p]!;
    return JSON.stringify([own, reachesOf(p)]);
  });
  const server = remember((s: Id) => {
    const { site, hypervisor, uplinkMBps, networkReadMBps, networkConnections, managementServer } =
      night.servers[s]!;
    const hosted = night.proxies.filter((p) => p.server === s && p.candidate).map((p) => bare(p.id));
    const own = { site, hypervisor, uplinkMBps, networkReadMBps, networkConnections, managementServer };
    return JSON.stringify([own, hosted.toSorted()]);
  });
  const proxy = remember((p: Id) => {
    const host = night.proxies[p]!.server;
    return `${bare(p)} ${host === null ? '' : server(host)}`;
  });
  const agent = remember((a: Id) => {
    const { site, nicMBps, maxStreams, storage } = night.agents[a]!;
    return JSON.stringify([site, nicMBps, maxStreams, storage, night.jobs.map((j) => j.agents.includes(a))]);
  });

  const keys: Partial<Record<RowKind, (id: Id) => string>> = {
    serverReads: server,
    uplinkIn: server,
    uplinkOut: server,
    serverConnections: server,
    hba: proxy,
    cpu: proxy,
    nicIn: proxy,
    nicOut: proxy,
    hotAdds: proxy,
    hotAddDisks: proxy,
    proxyStreams: proxy,
    agent,
    agentStreams: agent,
  };
  // the texts are long: a number stands for each
  const numbers = new Map<string, string>();
  return ({ kind, entity }) => {
    const text = `${kind} ${keys[kind]?.(entity) ?? entity}`;
    if (!numbers.has(text)) numbers.set(text, String(numbers.size));
    return numbers.get(text)!;
  };
}
