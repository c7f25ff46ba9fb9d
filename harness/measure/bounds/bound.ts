import type { Id } from '../../model/facts.ts';
import type { Night } from '../../model/night.ts';
import type { RowKind } from './rows.ts';

export interface Bound {
  readonly name: BoundName;
  /** in words, as "VM sql-17 alone" */
  readonly what: string;
  /** from the start of the first job */
  readonly seconds: number;
}

interface Scarcity {
  readonly name: string;
  readonly words: (ids: readonly Id[], night: Night) => string;
}

type Named = readonly { readonly name: string }[];
const group = (plural: string, ids: readonly Id[], list: Named): string =>
  nameGroup(
    plural,
    ids,
    list.map((e) => e.name),
  );

/** What each kind of row is called in findings, and the bound that comes from it alone. */
export const scarcities = {
  device: { name: 'device', words: (ids, n) => one('device', ids, n.devices) },
  openSnapshots: {
    name: 'store',
    words: (ids, n) => `open snapshots of ${one('data store', ids, n.stores)}`,
  },
  serverReads: {
    name: 'servers',
    words: (ids, n) => `network reads of ${group('VM servers', ids, n.servers)}`,
  },
  uplinkIn: { name: 'uplinks', words: (ids, n) => `uplinks of ${group('VM servers', ids, n.servers)}` },
  uplinkOut: { name: 'uplinks', words: (ids, n) => `uplinks of ${group('VM servers', ids, n.servers)}` },
  hba: { name: 'hbas', words: (ids, n) => `SAN ports of ${group('proxies', ids, n.proxies)}` },
  cpu: { name: 'proxies', words: (ids, n) => `the CPU of ${group('proxies', ids, n.proxies)}` },
  nicIn: { name: 'nics', words: (ids, n) => `network ports of ${group('proxies', ids, n.proxies)}` },
  nicOut: { name: 'nics', words: (ids, n) => `network ports of ${group('proxies', ids, n.proxies)}` },
  link: {
    name: 'links',
    words: (ids, n) =>
      nameGroup(
        'links',
        ids,
        n.links.map((l) => `${n.sites[l.from]} to ${n.sites[l.to]}`),
      ),
  },
  agent: { name: 'agents', words: (ids, n) => group('media agents', ids, n.agents) },
  storage: { name: 'storage', words: (ids, n) => group('secondary storage', ids, n.secondaryStorage) },
  jobStreams: { name: 'streams', words: (ids, n) => `streams of ${one('job', ids, n.jobs)}` },
  agentStreams: { name: 'streams', words: (ids, n) => `streams of ${group('media agents', ids, n.agents)}` },
  proxyStreams: { name: 'limits', words: (ids, n) => `stream limits of ${group('proxies', ids, n.proxies)}` },
  operations: {
    name: 'operations',
    words: (ids, n) => `operations of ${one('management server', ids, n.managementServers)}`,
  },
  serverConnections: {
    name: 'connections',
    words: (ids, n) => `connections of ${group('VM servers', ids, n.servers)}`,
  },
  managedConnections: {
    name: 'connections',
    words: (ids, n) => `connections of ${one('management server', ids, n.managementServers)}`,
  },
  hotAdds: {
    name: 'hotadds',
    words: (ids, n) => `HotAdds one after another at ${group('proxies', ids, n.proxies)}`,
  },
  hotAddDisks: {
    name: 'hotadds',
    words: (ids, n) => `disks attached at ${group('proxies', ids, n.proxies)}`,
  },
} as const satisfies Record<RowKind, Scarcity>;

/** `together`: several kinds of rows at once, from the linear programme. */
export type BoundName = 'vm' | (typeof scarcities)[RowKind]['name'] | 'together';

const one = (singular: string, ids: readonly Id[], list: Named): string =>
  `${singular}${ids.length === 1 ? '' : 's'} ${ids.map((id) => list[id]!.name).join(', ')}`;

/** "all media agents", "proxies proxy-1, proxy-4", "5 of 12 proxies". */
export function nameGroup(plural: string, ids: readonly Id[], names: readonly string[]): string {
  if (ids.length === names.length && ids.length > 1) return `all ${plural}`;
  if (ids.length > 3) return `${ids.length} of ${names.length} ${plural}`;
  return `${plural} ${ids.map((id) => names[id]!).join(', ')}`;
}
