import type { DocumentInput } from '../model/document/document.ts';
import { assumptions } from './assumptions.ts';
import type { Ledger } from './ledger.ts';

type ProxyInput = DocumentInput['proxies'][number];

/** What the sizing rule looks at, of one site. */
export interface SiteLoad {
  readonly site: string;
  readonly vmCount: number;
  readonly usedMB: number;
  /** null = no store of the site is on a SAN */
  readonly sanZone: string | null;
  /** clusters, or servers that stand alone, with what their VMs hold */
  readonly groups: readonly { readonly servers: readonly string[]; readonly usedMB: number }[];
}

type Backup = Pick<DocumentInput, 'proxies' | 'agents' | 'secondaryStorage' | 'policies' | 'jobs'>;

/** Proxies, media agents, secondary storage, policy and job, where nobody says them: enough for a full night in its window. */
export function assumeBackup(
  loads: readonly SiteLoad[],
  vmKeys: ReadonlySet<string>,
  ledger: Ledger,
): Backup {
  const proxies: ProxyInput[] = [];
  const free = freeNames(vmKeys);
  const agents: DocumentInput['agents'] = [];
  const counts = proxyCounts(loads);
  loads.forEach((load, i) => {
    proxies.push(...siteProxies(load, counts[i]!, free));
    for (let n = agentCount(load, counts[i]!); n > 0; n--) {
      const number = agents.length + 1;
      agents.push({ id: `agent-${number}`, site: load.site, storage: `library-${number}` });
    }
  });
  const { start, windowHours } = assumptions;
  const job = {
    id: 'nightly',
    policy: 'policy-1',
    kind: 'full' as const,
    streams: comfortableStreams(proxies),
  };
  noteBackup(ledger);
  return {
    proxies,
    agents,
    secondaryStorage: agents.map((agent) => ({ id: agent.storage })),
    policies: [{ id: 'policy-1', agents: agents.map((agent) => agent.id) }],
    jobs: [{ ...job, start: start.value, window: { hours: windowHours.value } }],
  };
}

/** So many streams do all proxies together carry without overload: night.md N4. */
export function comfortableStreams(proxies: readonly ProxyInput[]): number {
  const ofOne = (p: ProxyInput) =>
    Math.floor(Math.min((p.streamsPerCore ?? 2) * p.cpus, p.ramMB / (p.ramMBPerStream ?? 1000)));
  const usable = proxies.filter((p) => p.installed !== false && p.active !== false);
  return usable.reduce((sum, p) => sum + Math.max(1, ofOne(p)), 0);
}

/** proxy-1, proxy-2, ... but none that a VM has: a VM of a proxy's name is taken for the proxy and not backed up. */
function freeNames(taken: ReadonlySet<string>): () => string {
  let n = 0;
  return () => {
    do n++;
    while (taken.has(`proxy-${n}`));
    return `proxy-${n}`;
  };
}

const windowS = assumptions.windowHours.value * 3600;

/** By VMs or by the cores that the bytes need, whichever is more; the largest site gets what is missing to the least number. */
function proxyCounts(loads: readonly SiteLoad[]): readonly number[] {
  const { vmsPerProxy, proxyCpus, fullMBpsPerCore, fewestProxies } = assumptions;
  const perProxyMB = windowS * proxyCpus.value * fullMBpsPerCore.value;
  const counts = loads.map((l) =>
    Math.max(1, Math.ceil(l.vmCount / vmsPerProxy.value), Math.ceil(l.usedMB / perProxyMB)),
  );
  const largest = loads.reduce((best, load, i) => (load.usedMB > loads[best]!.usedMB ? i : best), 0);
  const all = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n, i) => (i === largest ? n + Math.max(0, fewestProxies.value - all) : n));
}

function agentCount(load: SiteLoad, proxyCount: number): number {
  const { proxiesPerAgent, agentMBps, dataReduction } = assumptions;
  const byBytes = Math.ceil(load.usedMB / dataReduction.value / (windowS * agentMBps.value));
  return Math.max(1, Math.ceil(proxyCount / proxiesPerAgent.value), byBytes);
}

/** A part of them physical with a way into the SAN, the rest on servers: spread over the clusters by what their VMs hold. */
function siteProxies(load: SiteLoad, count: number, nextName: () => string): readonly ProxyInput[] {
  const { proxyCpus, proxyRamMB, physicalShare } = assumptions;
  const size = { cpus: proxyCpus.value, ramMB: proxyRamMB.value };
  const physical = load.sanZone === null ? 0 : Math.min(count - 1, Math.round(count * physicalShare.value));
  const given = load.groups.map(() => 0);
  return Array.from({ length: count }, (_, n) => {
    const id = nextName();
    if (n < physical) return { id, site: load.site, ...size, sanZones: [load.sanZone!] };
    // The next one goes where most bytes share a proxy: the method of highest averages (d'Hondt).
    const shareOf = (g: number) => load.groups[g]!.usedMB / (given[g]! + 1);
    const group = load.groups.reduce((best, _group, g) => (shareOf(g) > shareOf(best) ? g : best), 0);
    const servers = load.groups[group]!.servers;
    return { id, server: servers[given[group]!++ % servers.length]!, ...size };
  });
}

function noteBackup(ledger: Ledger): void {
  const { vmsPerProxy, proxyCpus, proxyRamMB, fewestProxies, physicalShare, proxiesPerAgent } = assumptions;
  const rule = `one per ${vmsPerProxy.value} VMs or by cores for the window, at least ${fewestProxies.value}`;
  const mix = `${physicalShare.value * 100} % physical where there is a SAN, the rest on servers by the bytes of their clusters`;
  const lines = {
    'proxies.id': rule,
    'proxies.cpus': `${proxyCpus.value} each`,
    'proxies.ramMB': `${proxyRamMB.value} each: 1 GB per task, two tasks per core, and 2 GB`,
    'proxies.server': mix,
    'proxies.site': mix,
    'proxies.sanZones': 'physical proxies see the SAN of their site, virtual ones do not',
    agents: `one per ${proxiesPerAgent.value} proxies of a site, or by bytes for the window`,
    secondaryStorage: 'one per media agent',
    policies: 'one policy with all media agents',
    'jobs.id': 'one job with all VMs',
    'jobs.policy': 'one job with all VMs',
    'jobs.select': 'one job with all VMs',
    'jobs.kind': 'full',
    'jobs.streams': 'what all proxies carry comfortably',
    'jobs.start': assumptions.start.value,
    'jobs.window': `${assumptions.windowHours.value} h`,
    links: 'none: sites are backed up by proxies of their own',
  };
  for (const [field, how] of Object.entries(lines)) ledger.note(field, 'assumed', how);
}
