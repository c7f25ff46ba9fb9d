import type { Document } from '../model/document/document.ts';

type Proxy = Document['proxies'][number];

/** @returns % of the proxies at sites with a SAN that are in a zone of it; null = there is no such proxy */
export function sanShare(document: Document): number | null {
  const { near } = sitesWithSan(document);
  if (near.length === 0) return null;
  return (100 * near.filter(({ sanZones }) => sanZones.length > 0).length) / near.length;
}

/**
 * So many proxies in the zones of the SAN of their site: those that are now first, then physical ones, then virtual ones, in
 * document order; the others in none. A proxy at a site without a SAN stays as it is.
 *
 * @param percent of all proxies at sites with a SAN
 */
export function giveSan(document: Document, percent: number): Document {
  const { zones, near, siteOf } = sitesWithSan(document);
  const wanted = Math.round((near.length * percent) / 100);
  const rank = ({ sanZones, site }: Proxy) => (sanZones.length > 0 ? 0 : site === undefined ? 2 : 1);
  const chosen = new Set(near.toSorted((a, b) => rank(a) - rank(b)).slice(0, wanted));
  const change = (proxy: Proxy): Proxy => {
    const ofSite = zones.get(siteOf(proxy));
    if (ofSite === undefined || chosen.has(proxy) === proxy.sanZones.length > 0) return proxy;
    return { ...proxy, sanZones: chosen.has(proxy) ? ofSite : [] };
  };
  return { ...document, proxies: document.proxies.map(change) };
}

function sitesWithSan(document: Document) {
  const zones = zonesOf(document);
  const sites = new Map(document.servers.map(({ id, site }) => [id, site]));
  const siteOf = (proxy: Proxy) => proxy.site ?? sites.get(proxy.server!)!;
  return { zones, siteOf, near: document.proxies.filter((proxy) => zones.has(siteOf(proxy))) };
}

/** By site: the zones of its SAN devices that some proxy is in; where none is in any, all of them. */
function zonesOf({ devices, proxies }: Document): ReadonlyMap<string, string[]> {
  const used = new Set(proxies.flatMap(({ sanZones }) => sanZones));
  const zones = new Map<string, Set<string>>();
  for (const { attachment } of devices) {
    if (attachment.kind !== 'san') continue;
    const reached = attachment.zones.filter((zone) => used.size === 0 || used.has(zone));
    const ofSite = zones.get(attachment.site) ?? new Set();
    for (const zone of reached) ofSite.add(zone);
    if (ofSite.size > 0) zones.set(attachment.site, ofSite);
  }
  return new Map([...zones].map(([site, ofSite]) => [site, [...ofSite]]));
}
