import { groupBy } from '../../kit/group.ts';
import { hourAt, nightHourAt } from '../../night/clock.ts';
import type { Id } from '../../model/facts.ts';
import type { Night } from '../../model/night.ts';
import { firstStartOf } from '../tally.ts';
import { steadySupply, Supply } from './supply.ts';

// What is scarce in a night: a row for each capacity and each counted limit.

export const rowKinds = [
  'device',
  'openSnapshots',
  'serverReads',
  'uplinkIn',
  'uplinkOut',
  'hba',
  'cpu',
  'nicIn',
  'nicOut',
  'link',
  'agent',
  'storage',
  'jobStreams',
  'agentStreams',
  'proxyStreams',
  'operations',
  'serverConnections',
  'managedConnections',
  'hotAdds',
  'hotAddDisks',
] as const;
export type RowKind = (typeof rowKinds)[number];

export interface Row {
  readonly id: Id;
  readonly kind: RowKind;
  /** of the entity: device, data store, server, proxy, link, agent, storage, job or management server */
  readonly entity: Id;
  readonly supply: Supply;
  /** work on it begins no sooner than so long after the start of a job */
  readonly headS: number;
  /** and ends no later than so long before the end of the night */
  readonly tailS: number;
}

export interface Rows {
  readonly all: readonly Row[];
  /** null = has no limit */
  find(kind: RowKind, entity: Id): Row | null;
}

const hourS = 3600;
/** Production by the hour is followed so far; what comes later is counted at the best rate. */
const horizonS = 14 * 24 * hourS;

/** @param keepLimits whether strategies keep the stream limits of proxies, so that those are rows too */
export function rowsOf(night: Night, keepLimits: boolean): Rows {
  const { snapshotCreateS, snapshotRemoveS, attachS, detachS, connectS, disconnectS } = night.overheads;
  const zeroS = firstStartOf(night);
  const all: Row[] = [];
  const byKind = new Map<RowKind, Map<Id, Row>>();

  const at = (headS: number, tailS: number) => ({ headS, tailS });
  const always = at(0, 0);
  const open = at(snapshotCreateS, snapshotRemoveS);
  const connected = at(snapshotCreateS + connectS, disconnectS + snapshotRemoveS);
  const reading = at(
    snapshotCreateS + Math.min(attachS, connectS),
    Math.min(detachS, disconnectS) + snapshotRemoveS,
  );
  // a device is still written when snapshots are removed
  const device = at(reading.headS, 0);

  function add(
    kind: RowKind,
    when: Pick<Row, 'headS' | 'tailS'>,
    list: readonly { readonly id: Id }[],
    supplyOf: (id: Id) => Supply | number | null,
  ): void {
    const rows = new Map<Id, Row>();
    byKind.set(kind, rows);
    for (const { id } of list) {
      const supply = supplyOf(id);
      if (supply === null) continue;
      const row: Row = {
        id: all.length,
        kind,
        entity: id,
        supply: typeof supply === 'number' ? steadySupply(supply, zeroS) : supply,
        ...when,
      };
      all.push(row);
      rows.set(id, row);
    }
  }

  const { devices, stores, servers, proxies, agents } = night;
  const outages = outagesOf(night);
  const changes = slowdownsOf(night, outages);
  const slowed = (
    rate: number,
    changing: readonly Change[],
    fromS = zeroS,
    production: readonly number[] = [],
  ) => changingSupply({ rate, changing, fromS, production, originS: night.originS });
  const server = (rate: number, id: Id) => slowed(rate, changes.of('server', id));
  const proxy = (rate: number, id: Id) => slowed(rate, changes.of('proxy', id), upS(id));
  // faults slow what flows, not what is counted
  const counted = (limit: number, id: Id) => slowed(limit, outages.of('proxy', id), upS(id));
  const upS = (id: Id) => zeroS + (proxies[id]!.bootS ?? 0);

  add('device', device, devices, (d) =>
    slowed(devices[d]!.readMBps, changes.of('device', d), zeroS, devices[d]!.productionMBps),
  );
  add('openSnapshots', always, stores, (s) => stores[s]!.maxOpenSnapshots);
  add('serverReads', connected, servers, (s) => server(servers[s]!.networkReadMBps, s));
  add('uplinkIn', reading, servers, (s) => server(servers[s]!.uplinkMBps, s));
  add('uplinkOut', reading, servers, (s) => server(servers[s]!.uplinkMBps, s));
  add('hba', connected, proxies, (p) => proxy(proxies[p]!.hbaMBps, p));
  add('cpu', reading, proxies, (p) => proxy(proxies[p]!.cpus, p));
  add('nicIn', connected, proxies, (p) => nicOf(p));
  add('nicOut', reading, proxies, (p) => nicOf(p));
  add('link', reading, night.links, (l) => night.links[l]!.MBps);
  add('agent', reading, agents, (a) => slowed(agents[a]!.nicMBps, changes.of('agent', a)));
  add('storage', reading, night.secondaryStorage, (s) => night.secondaryStorage[s]!.writeMBps);
  add('jobStreams', always, night.jobs, (j) => night.jobs[j]!.streams);
  add('agentStreams', always, agents, (a) => agents[a]!.maxStreams);
  add('proxyStreams', always, keepLimits ? proxies : [], (p) => proxies[p]!.limit);
  add('operations', always, night.managementServers, (m) => night.managementServers[m]!.operations);
  add('serverConnections', open, servers, (s) => servers[s]!.networkConnections);
  add(
    'managedConnections',
    open,
    night.managementServers,
    (m) => night.managementServers[m]!.networkConnections,
  );
  add('hotAdds', open, proxies, (p) => counted(proxies[p]!.hotAddReconfigurations, p));
  add('hotAddDisks', open, proxies, (p) => counted(proxies[p]!.hotAddDisks, p));

  /** A virtual proxy has the uplink of its server. */
  function nicOf(p: Id): Supply | null {
    const { nicMBps } = proxies[p]!;
    return nicMBps === null ? null : proxy(nicMBps, p);
  }

  return { all, find: (kind, entity) => byKind.get(kind)?.get(entity) ?? null };
}

interface Change {
  readonly fromS: number;
  /** null = for the rest of the night */
  readonly toS: number | null;
  readonly factor: number;
}

interface Changes {
  of(entity: string, id: Id): readonly Change[];
}

/** While a proxy or a media agent is out, nothing is moved through it that will count. Other outages are not used. */
const outagesOf = (night: Night): Changes =>
  byEntity(
    night.faults.outages
      .filter((o) => o.entity === 'proxy' || o.entity === 'agent')
      .map((outage) => ({ ...outage, factor: 0 })),
  );

const slowdownsOf = (night: Night, outages: Changes): Changes => {
  const slowdowns = byEntity(
    night.faults.slowdowns.map((s) =>
      s.entity === 'store' ? { ...s, entity: 'device', id: night.stores[s.id]!.device } : s,
    ),
  );
  return { of: (entity, id) => [...slowdowns.of(entity, id), ...outages.of(entity, id)] };
};

function byEntity(changes: readonly (Change & { readonly entity: string; readonly id: Id })[]): Changes {
  const groups = groupBy(changes, (c) => `${c.entity} ${c.id}`);
  return { of: (entity, id) => groups.get(`${entity} ${id}`) ?? [] };
}

function changingSupply(of: {
  rate: number;
  changing: readonly Change[];
  fromS: number;
  production: readonly number[];
  originS: number;
}): Supply {
  const { rate, changing, fromS, production, originS } = of;
  const isHourly = production.some((MBps) => MBps !== production[0]);
  if (changing.length === 0 && !isHourly)
    return steadySupply(Math.max(0, rate - (production[0] ?? 0)), fromS);
  const hours = isHourly ? hoursBetween(originS, fromS, fromS + horizonS) : [];
  const changes = changing.flatMap((c) => (c.toS === null ? [c.fromS] : [c.fromS, c.toS]));
  const breaks = [...new Set([fromS, ...hours, ...changes.filter((s) => s > fromS)])].toSorted(
    (a, b) => a - b,
  );
  const factorAt = (s: number) =>
    changing.reduce((f, c) => (c.fromS <= s && (c.toS === null || s < c.toS) ? f * c.factor : f), 1);
  const rates = breaks.map((s, i) => {
    const next = breaks[i + 1];
    const insideS = next === undefined ? s + 1 : (s + next) / 2;
    const takenMBps = next === undefined ? Math.min(...production) : production[hourAt(originS, insideS)]!;
    return Math.max(0, rate * factorAt(insideS) - (production.length === 0 ? 0 : takenMBps));
  });
  return new Supply(breaks, rates);
}

function hoursBetween(originS: number, fromS: number, toS: number): number[] {
  const hours: number[] = [];
  for (let h = nightHourAt(originS, fromS) + 1; h * hourS - originS < toS; h++)
    hours.push(h * hourS - originS);
  return hours;
}
