import type { Document } from '../../harness/model/document/document.ts';

// The same night, written otherwise.

const lists = [
  'sites',
  'managementServers',
  'devices',
  'stores',
  'servers',
  'proxies',
  'agents',
  'secondaryStorage',
  'policies',
  'jobs',
] as const;

/** Every name replaced by one that sorts the other way round. */
export function renamed(document: Document): Document {
  const zones = document.proxies.flatMap((p) => p.sanZones);
  const ids = [
    ...lists.flatMap((l) => document[l].map((e) => e.id)),
    ...document.vms.map((v) => v.key),
    ...zones,
  ];
  const known = [...new Set(ids)];
  const names = new Map(known.map((id, i) => [id, `n${1000 + known.length - i}`]));
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === 'kind' ? v : rename(v)]));
  };
  return rename(document) as Document;
}

/** VMs, proxies and devices in the opposite order. */
export const turnedRound = (document: Document): Document => ({
  ...document,
  vms: document.vms.toReversed(),
  proxies: document.proxies.toReversed(),
  devices: document.devices.toReversed(),
});
