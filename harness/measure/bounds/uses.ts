import { modeOf, tierOf, type Tier } from '../../model/access.ts';
import type { Id } from '../../model/facts.ts';
import type { Job, Night } from '../../model/night.ts';
import { remember } from './remember.ts';
import type { RowKind, Rows } from './rows.ts';

// What a way takes of each row, for every unit of a feature of what goes this way. Written from night.md N2, N6 and N7,
// apart from the engine: the oracle in test/oracle holds the two against each other.

/** What of a unit counts: by tier, for some depend on how it is attached. */
export const features = {
  MB: 0,
  /** of them on a NAS */
  nasMB: 1,
  attempts: 2,
  /** stream-seconds from the decision to the end of the attempt */
  streamS: 3,
  /** connection-seconds of a read through a server */
  connectedS: 4,
  /** disk-seconds at a proxy, HotAdd */
  attachedS: 5,
} as const;
export type Feature = keyof typeof features;
export const featureCount = Object.keys(features).length;

export interface Use {
  readonly row: Id;
  readonly feature: Feature;
  readonly each: number;
}

export interface Uses {
  /** from where it is attached through the proxy, but for the media agent */
  ofProxy(job: Id, proxy: Id, tier: Tier): readonly Use[];
  ofAgent(job: Id, proxy: Id, agent: Id): readonly Use[];
  /** where the VM stands */
  ofPlace(server: Id, proxySite: Id, tier: Tier): readonly Use[];
}

export function usesOf(night: Night, rows: Rows): Uses {
  const use = (kind: RowKind, entity: Id | null, feature: Feature, each = 1): Use[] => {
    const row = entity === null ? null : rows.find(kind, entity);
    return row === null || each === 0 ? [] : [{ row: row.id, feature, each }];
  };
  const { attachS, detachS } = night.overheads;
  const linkId = (from: Id, to: Id): Id | null => night.link(from, to)?.id ?? null;
  const reconfiguringS = attachS + detachS;

  const attached = (id: Id, tier: Tier): Use[] => {
    const { server } = night.proxies[id]!;
    const mode = modeOf(tier);
    if (mode === 'san') return use('hba', id, 'MB');
    if (mode === 'local')
      return [
        ...use('uplinkIn', server, 'nasMB'),
        ...use('hotAdds', id, 'attempts', reconfiguringS),
        ...use('hotAddDisks', id, 'attachedS'),
      ];
    return server === null ? use('nicIn', id, 'MB') : use('uplinkIn', server, 'MB');
  };

  const throughServer = (server: Id): Use[] => [
    ...use('serverReads', server, 'MB'),
    ...use('uplinkOut', server, 'MB'),
    ...use('uplinkIn', server, 'nasMB'),
    ...use('serverConnections', server, 'connectedS'),
    ...use('managedConnections', night.servers[server]!.managementServer, 'connectedS'),
  ];

  return {
    ofProxy: remember((j: Id, id: Id, tier: Tier) => {
      const job = night.jobs[j]!;
      const proxy = night.proxies[id]!;
      const perCore = job.kind === 'full' ? proxy.fullMBpsPerCore : proxy.incrementalMBpsPerCore;
      const sent = sentShare(job);
      return [
        ...attached(id, tier),
        ...use('cpu', id, 'MB', 1 / perCore),
        ...(proxy.server === null
          ? use('nicOut', id, 'MB', sent)
          : use('uplinkOut', proxy.server, 'MB', sent)),
        ...use('jobStreams', job.id, 'streamS'),
        ...use('proxyStreams', id, 'streamS'),
      ];
    }),
    ofAgent: remember((j: Id, proxy: Id, id: Id) => {
      const job = night.jobs[j]!;
      const agent = night.agents[id]!;
      return [
        ...use('link', linkId(night.proxies[proxy]!.site, agent.site), 'MB', sentShare(job)),
        ...use('agent', id, 'MB', sentShare(job)),
        ...use('storage', agent.storage, 'MB', 1 / job.dataReduction),
        ...use('agentStreams', id, 'streamS'),
      ];
    }),
    ofPlace: remember((server: Id, proxySite: Id, tier: Tier) => {
      const { site, managementServer } = night.servers[server]!;
      if (tier === tierOf('local')) return use('operations', managementServer, 'attempts', reconfiguringS);
      if (tier === tierOf('network')) return throughServer(server);
      const link = tier === tierOf('complex') ? linkId(site, proxySite) : null;
      // by a second server, which one does not matter: that is left out
      return link === null ? [] : [...throughServer(server), ...use('link', link, 'MB')];
    }),
  };
}

/** What leaves a proxy for every MB read: reduced already, or not yet. */
const sentShare = (job: Job): number => (job.reducedAt === 'proxy' ? 1 / job.dataReduction : 1);
