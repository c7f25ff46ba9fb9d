import { groupBy } from '../kit/group.ts';
import { drawUniform } from '../kit/rng.ts';
import type { Document } from '../model/document/document.ts';
import { sameInstantS } from '../model/executor.ts';
import { serviceEntities, type ServiceEntity } from '../model/strategy.ts';
import type { AttemptFault, FailureCause, Night, NightFaults, Outage, Slowdown } from '../model/night.ts';
import type { NightClock } from './clock.ts';
import { hourAt, nightHourAt } from './clock.ts';
import type { NameIndex } from './index-names.ts';

// Faults of a night, keyed by what is broken and drawn by a hash of (night seed, stable key, attempt), never by order:
// every strategy meets the same night, and another path cures a path fault (night.md N9).

type AttemptAt = Parameters<NightFaults['faultOf']>[0];
/** One reason why an attempt may fail; asked in the order of the table, the first that applies counts. */
type Rule = (attempt: AttemptAt) => AttemptFault | null;

/** Where in the attempt a cause strikes. */
const phaseOf: Record<FailureCause, AttemptFault['phase']> = {
  snapshot: 'snapshot',
  quiesce: 'snapshot',
  transport: 'attach',
  network: 'transfer',
  storage: 'transfer',
};

type Faults = Document['faults'];
type Written = Faults['broken'];
type Has<K extends string> = Extract<Written[number], Record<K, unknown>>;

export function createFaults(
  document: Document,
  {
    index,
    clock,
    nightSeed,
    night,
  }: {
    index: NameIndex;
    clock: NightClock;
    nightSeed: number;
    night: Pick<Night, 'vms' | 'proxies' | 'devices' | 'servers'>;
  },
): NightFaults {
  const { rates, causes, hourFactors, failAtOnceS, broken, outages, slowdowns } = document.faults;
  const draw = (...key: (string | number)[]) => drawUniform([nightSeed, ...key]);
  /** whether what happens at this rate falls on the key; most rates are 0 in most nights, and draws cost more than all else here */
  const falls = (rate: number, key: () => (string | number)[]) => rate > 0 && draw(...key()) < rate;
  const vmKey = (vm: number) => night.vms[vm]!.key;
  const proxyName = (proxy: number) => night.proxies[proxy]!.name;
  const hourFactor = (atS: number) => hourFactors?.[hourAt(clock.originS, atS)] ?? 1;
  const at = (phase: AttemptFault['phase'], cause: AttemptFault['cause'], atShare = 0): AttemptFault => ({
    phase,
    cause,
    atShare,
  });
  const written = writtenFaults(broken, index, clock);

  const rules: readonly Rule[] = [
    // a proxy that is alive and fails everything at once: the black hole (W1)
    ({ proxy }) =>
      written.proxies.has(proxy) || falls(rates.proxyBroken, () => ['proxy', proxyName(proxy)])
        ? at('start', 'proxy-broken')
        : null,
    ({ vm, proxy }) =>
      (written.vmProxies.size > 0 && written.vmProxies.has(`${vm} ${proxy}`)) ||
      falls(rates.vmProxyPath, () => ['vm-proxy', vmKey(vm), proxyName(proxy)])
        ? at('attach', 'path-broken')
        : null,
    ({ proxy, devices }) =>
      devices.some(
        (d) =>
          (written.proxyDevices.size > 0 && written.proxyDevices.has(`${proxy} ${d}`)) ||
          falls(rates.proxyDevicePath, () => ['proxy-device', proxyName(proxy), night.devices[d]!.name]),
      )
        ? at('attach', 'path-broken')
        : null,
    ({ vm, startS }) => {
      const server = night.vms[vm]!.server;
      const bad = falls(rates.serverHour * hourFactor(startS), () => [
        'server-hour',
        night.servers[server]!.name,
        nightHourAt(clock.originS, startS),
      ]);
      return bad || written.servers.some((s) => s.server === server && isWithin(startS, s))
        ? at('snapshot', 'server-hour')
        : null;
    },
    ({ vm, attemptNo }) => {
      const fault = written.vms.get(vm)?.find((f) => attemptNo <= (f.attempts ?? Infinity));
      return fault === undefined ? null : at(phaseOf[fault.cause], fault.cause, fault.atShare);
    },
    ({ vm }) => (falls(rates.vmBroken, () => ['vm', vmKey(vm)]) ? at('snapshot', 'vm-broken') : null),
    ({ vm, attemptNo, startS }) => {
      const rate = rates.attempt * hourFactor(startS);
      if (!falls(rate, () => ['attempt', vmKey(vm), attemptNo])) return null;
      const cause = drawCause(causes, draw('cause', vmKey(vm), attemptNo));
      return at(phaseOf[cause], cause, draw('share', vmKey(vm), attemptNo));
    },
  ];

  return {
    failAtOnceS,
    faultOf(attempt) {
      for (const rule of rules) {
        const fault = rule(attempt);
        if (fault !== null) return fault;
      }
      return null;
    },
    outages: outagesOf(outages, index, clock),
    slowdowns: slowdownsOf(slowdowns, index, clock),
  };
}

/** An instant may be stamped a little before its time (night.md N27). */
const isWithin = (atS: number, { fromS, toS }: { fromS: number; toS: number }): boolean =>
  atS >= fromS - sameInstantS && atS < toS - sameInstantS;

/** @param u uniform in [0, 1) */
function drawCause(weights: Document['faults']['causes'], u: number): FailureCause {
  const listed = Object.entries(weights).filter(([, w]) => (w ?? 0) > 0) as [FailureCause, number][];
  let rest = u * listed.reduce((sum, [, w]) => sum + w, 0);
  for (const [cause, weight] of listed) {
    if (rest < weight) return cause;
    rest -= weight;
  }
  return listed.at(-1)?.[0] ?? 'snapshot';
}

const outagesOf = (list: Faults['outages'], index: NameIndex, clock: NightClock): Outage[] =>
  list.map((outage) => spanOf(outage, index, clock));

const slowdownsOf = (list: Faults['slowdowns'], index: NameIndex, clock: NightClock): Slowdown[] =>
  list.map((slowdown) => ({ ...spanOf(slowdown, index, clock), factor: slowdown.factor }));

function spanOf(
  span: Partial<Record<ServiceEntity, string | undefined>> & { from: string; to?: string | undefined },
  index: NameIndex,
  clock: NightClock,
): Outage {
  const entity = serviceEntities.find((e) => span[e] !== undefined)!;
  return {
    entity,
    id: index[entity](span[entity]!),
    fromS: clock.atS(span.from),
    toS: span.to === undefined ? null : clock.untilS(span.from, span.to),
  };
}

function writtenFaults(broken: Written, index: NameIndex, clock: NightClock) {
  const is =
    <K extends string>(...keys: K[]) =>
    (b: Written[number]): b is Has<K> =>
      keys.every((k) => k in b);
  return {
    proxies: new Set(
      broken
        .filter((b) => 'proxy' in b && !('vm' in b) && !('device' in b))
        .map((b) => index.proxy((b as Has<'proxy'>).proxy)),
    ),
    vmProxies: new Set(
      broken.filter(is('vm', 'proxy')).map((b) => `${index.vm(b.vm)} ${index.proxy(b.proxy)}`),
    ),
    proxyDevices: new Set(
      broken.filter(is('proxy', 'device')).map((b) => `${index.proxy(b.proxy)} ${index.device(b.device)}`),
    ),
    servers: broken.filter(is('server')).map((b) => ({
      server: index.server(b.server),
      fromS: clock.atS(b.from),
      toS: clock.untilS(b.from, b.to),
    })),
    vms: groupBy(broken.filter(is('vm', 'cause')), (b) => index.vm(b.vm)),
  };
}
