import type { Document } from '../model/document/document.ts';
import { countOf } from './words.ts';

/** What readers of a document's results must know. */
export function caveatsOf({ ledger }: Document): string[] {
  const { stores, disks } = ledger?.assumedPlacement ?? {};
  return [
    ...(stores === undefined ? [] : [`the placement of VMs on data stores is assumed (${stores})`]),
    ...(disks === undefined ? [] : [`the split of VMs over disks is assumed (${disks})`]),
  ];
}

/** What else an imported estate did not say, and an answer about it hangs on. */
export function assumedOf({ ledger, devices, proxies, agents, jobs }: Document): string[] {
  const isAssumed = (field: string) => ledger?.fields[field]?.origin === 'assumed';
  const virtual = proxies.filter(({ server }) => server !== undefined).length;
  const media = [...new Set(devices.map((device) => device.media))].join(', ');
  const [job] = jobs;
  const lines: readonly (readonly [string, string])[] = [
    ['devices.media', `${countOf(devices.length, 'storage device')}, one per data store, ${media}`],
    ['proxies.id', `${proxyCount(proxies.length)}, ${virtual} virtual, the others with a way into the SAN`],
    ['agents', `${countOf(agents.length, 'media agent')} with secondary storage of its own each`],
    [
      'jobs.streams',
      `one job of all VMs, ${job!.kind}, ${job!.streams} streams, from ${job!.start} for ${job!.window.hours} h`,
    ],
  ];
  const assumed = lines.filter(([field]) => isAssumed(field)).map(([, line]) => line);
  if (assumed.length === 0) return [];
  return [
    `the export says nothing of these, so they are assumed, and import --overlay replaces them: ${assumed.join('; ')}`,
  ];
}

const proxyCount = (n: number) => (n === 1 ? '1 proxy' : `${n} proxies`);
