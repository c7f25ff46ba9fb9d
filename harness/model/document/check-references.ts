import { didYouMean } from '../nearest.ts';
import { type KindName, kinds } from './check-names.ts';
import type { Document } from './document.ts';
import { type Check, listNames, type Path } from './problem.ts';

/** Something of this kind, or a list of them, should exist under this name. */
type Refer = (
  kind: KindName | 'cluster',
  name: string | readonly string[] | undefined,
  ...path: Path
) => void;

/** After so many problems no nearest names are looked for: among many names that takes its time. */
const suggested = 100;

/** What is named exists, and no list names it twice. */
export const checkReferences: Check = (document, report) => {
  const known = createNames(document);
  let problemCount = 0;
  const tell = (path: Path, message: string) => {
    problemCount++;
    report(path, message);
  };
  const refer: Refer = (kind, name, ...path) => {
    if (typeof name === 'string') {
      if (known(kind).has(name)) return;
      const near = problemCount < suggested ? didYouMean(name, known(kind)) : '';
      tell(path, `there is no ${kind} "${name}"${near}; known: ${listNames(known(kind))}`);
    } else if (name !== undefined) {
      const seen = new Set<string>();
      for (const [place, one] of name.entries()) {
        if (seen.has(one)) tell([...path, place], `${kind} "${one}" is listed twice; keep one`);
        else refer(kind, one, ...path, place);
        seen.add(one);
      }
    }
  };
  for (const referTo of [referInStorage, referInCompute, referInJobs, referInFaults])
    referTo(document, refer);
  referInVms(document, refer, known);
};

type Names = (kind: KindName | 'cluster') => ReadonlySet<string>;

/** Sets that are made when they are first asked for: few documents name a VM. */
function createNames(document: Document): Names {
  const known = new Map<KindName | 'cluster', ReadonlySet<string>>();
  const namesOf = (kind: KindName | 'cluster') =>
    kind === 'cluster'
      ? document.servers.flatMap(({ cluster }) => cluster ?? [])
      : kinds[kind](document).names;
  return (kind) => {
    let names = known.get(kind);
    if (names === undefined) known.set(kind, (names = new Set(namesOf(kind))));
    return names;
  };
}

function referInStorage({ devices, stores, agents, policies }: Document, refer: Refer): void {
  for (const [i, { attachment }] of devices.entries())
    if (attachment.kind === 'internal')
      refer('server', attachment.server, 'devices', i, 'attachment', 'server');
    else refer('site', attachment.site, 'devices', i, 'attachment', 'site');
  for (const [i, store] of stores.entries()) refer('device', store.device, 'stores', i, 'device');
  for (const [i, agent] of agents.entries()) {
    refer('site', agent.site, 'agents', i, 'site');
    refer('secondary storage', agent.storage, 'agents', i, 'storage');
  }
  for (const [i, policy] of policies.entries()) refer('media agent', policy.agents, 'policies', i, 'agents');
}

function referInCompute({ links, servers, proxies }: Document, refer: Refer): void {
  for (const [i, link] of links.entries())
    for (const [end, site] of link.between.entries()) refer('site', site, 'links', i, 'between', end);
  for (const [i, server] of servers.entries()) {
    refer('site', server.site, 'servers', i, 'site');
    refer('management server', server.managementServer, 'servers', i, 'managementServer');
    refer('store', server.stores, 'servers', i, 'stores');
  }
  for (const [i, proxy] of proxies.entries()) {
    refer('server', proxy.server, 'proxies', i, 'server');
    refer('site', proxy.site, 'proxies', i, 'site');
  }
}

/** Of a million VMs nearly all names are known, and disks of a VM lie on one store: a path is made for the others alone. */
function referInVms({ vms }: Document, refer: Refer, known: Names): void {
  const [servers, stores] = [known('server'), known('store')];
  let sound: string | null = null;
  for (const [i, { server, disks }] of vms.entries()) {
    if (!servers.has(server)) refer('server', server, 'vms', i, 'server');
    for (const [n, { store }] of disks.entries()) {
      if (store === sound) continue;
      if (stores.has(store)) sound = store;
      else refer('store', store, 'vms', i, 'disks', n, 'store');
    }
  }
}

function referInJobs({ jobs }: Document, refer: Refer): void {
  for (const [i, { policy, coordinator, controllers, select }] of jobs.entries()) {
    refer('policy', policy, 'jobs', i, 'policy');
    refer('proxy', coordinator, 'jobs', i, 'coordinator');
    refer('proxy', controllers, 'jobs', i, 'controllers');
    refer('site', select.sites, 'jobs', i, 'select', 'sites');
    refer('cluster', select.clusters, 'jobs', i, 'select', 'clusters');
    refer('server', select.servers, 'jobs', i, 'select', 'servers');
    refer('store', select.stores, 'jobs', i, 'select', 'stores');
    refer('VM', select.vms, 'jobs', i, 'select', 'vms');
    refer('VM', select.except, 'jobs', i, 'select', 'except');
  }
}

/** The fields by which faults name what they meet. */
const faultFields = {
  vm: 'VM',
  proxy: 'proxy',
  device: 'device',
  store: 'store',
  server: 'server',
  agent: 'media agent',
} as const;

function referInFaults({ faults }: Document, refer: Refer): void {
  for (const list of ['outages', 'slowdowns', 'broken'] as const)
    for (const [i, fault] of faults[list].entries())
      for (const [field, kind] of Object.entries(faultFields))
        refer(kind, (fault as Partial<Record<string, string>>)[field], 'faults', list, i, field);
}
