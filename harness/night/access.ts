import { groupBy } from '../kit/group.ts';
import { accessModes, tierOf, type AccessMode, type Tier } from '../model/access.ts';
import type { Id } from '../model/facts.ts';
import type { Device, Link, Proxy, Server, Store } from '../model/night.ts';

// Access modes of (VM, proxy) pairs: derived from where things stand, never written in a document.
// Source: S:484-490 and the definitions of our reading in proxy-assignment.md section 1, [I].

export interface Topology {
  readonly devices: readonly Device[];
  readonly stores: readonly Store[];
  readonly servers: readonly Server[];
  readonly proxies: readonly Proxy[];
  readonly links: readonly Link[];
}

export interface Access {
  /** The best mode that serves all the stores; 0 = none. One attempt reads all its disks in one mode. */
  tier(vmServer: Id, stores: readonly Id[], proxy: Id): Tier;
  /** the server that a read in this mode goes through; null = none */
  viaServer(vmServer: Id, stores: readonly Id[], proxy: Id, tier: Tier): Id | null;
  link(fromSite: Id, toSite: Id): Link | null;
  /** stores of one class are seen alike by every proxy */
  storeClass(store: Id): Id;
  /** every proxy whose tier is not 0, ascending, and some others: so that nobody has to ask about each of an estate */
  near(vmServer: Id, stores: readonly Id[]): readonly Id[];
}

/** "suits the VM": installed, active, and made for its hypervisor (S:484). */
const suits = (proxy: Proxy, server: Server): boolean =>
  proxy.candidate && proxy.hypervisors.includes(server.hypervisor);

export function createAccess({ devices, stores, servers, proxies, links }: Topology): Access {
  const linkBySites = new Map(links.map((l) => [`${l.from} ${l.to}`, l]));
  const link = (from: Id, to: Id) => linkBySites.get(`${from} ${to}`) ?? null;
  const mounts = servers.map((s) => new Set(s.stores));
  const mountersOf = stores.map(() => [] as Id[]);
  for (const s of servers) for (const store of s.stores) mountersOf[store]!.push(s.id);
  const storeClasses = classify(
    stores.map((s, id) => JSON.stringify([devices[s.device]!.attachment, mountersOf[id]])),
  );
  const mountsAll = (server: Id, wanted: readonly Id[]) => wanted.every((s) => mounts[server]!.has(s));

  /** A server at the proxy's site through which a VM of another site can be read, without a link (N17). */
  const secondServer = (vmServer: Id, wanted: readonly Id[], site: Id): Id | null =>
    mountersOf[wanted[0]!]!.find(
      (s) =>
        s !== vmServer &&
        servers[s]!.site === site &&
        servers[s]!.hypervisor === servers[vmServer]!.hypervisor &&
        mountsAll(s, wanted),
    ) ?? null;

  const complexVia = (vmServer: Id, wanted: readonly Id[], proxy: Proxy): Id | null =>
    link(servers[vmServer]!.site, proxy.site) === null
      ? secondServer(vmServer, wanted, proxy.site)
      : vmServer;

  const serves: Record<AccessMode, (vmServer: Id, wanted: readonly Id[], proxy: Proxy) => boolean> = {
    san: (_server, wanted, proxy) =>
      wanted.every((s) => {
        const at = devices[stores[s]!.device]!.attachment;
        return at.kind === 'san' && at.zones.some((z) => proxy.sanZones.includes(z));
      }),
    local: (_server, wanted, proxy) => proxy.server !== null && mountsAll(proxy.server, wanted),
    network: (server, _wanted, proxy) => servers[server]!.site === proxy.site,
    complex: (server, wanted, proxy) => complexVia(server, wanted, proxy) !== null,
  };

  const bySite = groupBy(proxies, (p) => p.site);
  const byZone = new Map<string, Proxy[]>();
  for (const proxy of proxies)
    for (const zone of proxy.sanZones) byZone.set(zone, [...(byZone.get(zone) ?? []), proxy]);
  const linkedTo = groupBy(links, (l) => l.from);

  return {
    link,
    storeClass: (store) => storeClasses[store]!,
    near(vmServer, [first]) {
      const { site } = servers[vmServer]!;
      const mounters = mountersOf[first!]!;
      const at = devices[stores[first!]!.device]!.attachment;
      const sites = new Set([site, ...(linkedTo.get(site) ?? []).map((l) => l.to)]);
      for (const s of mounters) sites.add(servers[s]!.site);
      const found = [
        ...[...sites].flatMap((s) => bySite.get(s) ?? []),
        ...(at.kind === 'san' ? at.zones.flatMap((z) => byZone.get(z) ?? []) : []),
      ];
      return [...new Set(found.map((p) => p.id))].toSorted((a, b) => a - b);
    },
    tier(vmServer, wanted, proxyId) {
      const proxy = proxies[proxyId]!;
      if (!suits(proxy, servers[vmServer]!)) return 0;
      const mode = accessModes.find((m) => serves[m](vmServer, wanted, proxy));
      return mode === undefined ? 0 : tierOf(mode);
    },
    viaServer(vmServer, wanted, proxyId, tier) {
      if (tier === tierOf('network')) return vmServer;
      if (tier === tierOf('complex')) return complexVia(vmServer, wanted, proxies[proxyId]!);
      return null;
    },
  };
}

/** Equal texts are one class; classes by first sight. */
function classify(texts: readonly string[]): Id[] {
  const classes = new Map<string, Id>();
  return texts.map((text) => {
    if (!classes.has(text)) classes.set(text, classes.size);
    return classes.get(text)!;
  });
}
