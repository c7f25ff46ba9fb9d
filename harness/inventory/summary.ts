import type { Document } from '../model/document/document.ts';
import type { ImportOptions } from './import-options.ts';
import type { Tally } from './tally.ts';

interface Imported {
  readonly document: Document;
  readonly skipped: Tally;
  readonly options: Pick<ImportOptions, 'source' | 'out' | 'keyFile' | 'overlay'>;
}

/** What the importer tells on the screen. */
export function summarise({ document, skipped, options }: Imported): readonly string[] {
  const left = skipped.entries().map(([what, count]) => `${what}: ${count}`);
  const assumed = assumedLines(document);
  return [
    `read     ${options.source}: ${whatWasRead(document)}`,
    ...(left.length > 0 ? [`left out ${left.join('; ')}`] : []),
    ...(options.overlay === null ? [] : [`laid over it ${options.overlay}`]),
    ...(assumed.length > 0
      ? ['assumed, as nothing says it; an overlay can (--overlay FILE, by the key in brackets):']
      : []),
    ...assumed.map((line) => `  - ${line}`),
    `wrote    ${options.out}; its ledger says of every field where it comes from`,
    ...(options.keyFile === null
      ? []
      : [
          `wrote    ${options.keyFile}: the names behind the hashes and their salt; keep it, and do not pass it on`,
        ]),
  ];
}

function whatWasRead(document: Document): string {
  const disks = document.vms.flatMap((vm) => vm.disks);
  const inTB = (MB: number) => `${(MB / 1e6).toFixed(1)} TB`;
  const usedMB = disks.reduce((sum, disk) => sum + disk.usedMB, 0);
  const allocatedMB = disks.reduce((sum, disk) => sum + disk.allocatedMB, 0);
  const clusters = new Set(
    document.servers.map((server) => server.cluster).filter((name) => name !== undefined),
  );
  const parts = [
    `${many(document.vms.length, 'VM')} with ${many(disks.length, 'disk')} (${inTB(usedMB)} used of ${inTB(allocatedMB)})`,
    `${many(document.servers.length, 'server')} in ${many(clusters.size, 'cluster')} at ${many(document.sites.length, 'site')}`,
    many(document.stores.length, 'data store'),
  ];
  return parts.join(', ');
}

const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function assumedLines(document: Document): readonly string[] {
  const { ledger, vms, devices, proxies, agents, jobs, sites, links } = document;
  const isAssumed = (field: string) => ledger?.fields[field]?.origin === 'assumed';
  const { stores, disks, vms: placed } = ledger?.assumedPlacement ?? {};
  const virtual = proxies.filter((proxy) => proxy.server !== undefined).length;
  const media = [...new Set(devices.map((device) => device.media))].join(', ');
  const job = jobs[0]!;
  const lines: readonly (readonly [boolean, string])[] = [
    [
      stores !== undefined,
      `on which data stores ${many((placed ?? vms).length, 'VM')} lie: ${stores} [vms; --placement per-host|per-cluster|N, --cluster-seed]`,
    ],
    [disks !== undefined, `how VMs split over their disks: ${disks} [vms; --disk-split even|dominant]`],
    [
      isAssumed('devices.media'),
      `${many(devices.length, 'storage device')}, one per data store: ${media} [devices, stores]`,
    ],
    [
      isAssumed('proxies.id'),
      `${many(proxies.length, 'proxy').replace('proxys', 'proxies')}, ${virtual} on servers and ${proxies.length - virtual} physical with a way into the SAN, by the sizing rule [proxies]`,
    ],
    [
      isAssumed('agents'),
      `${many(agents.length, 'media agent')}, with secondary storage of its own each [agents, secondaryStorage]`,
    ],
    [
      sites.length > 1 && links.length === 0,
      'no links between sites: each is backed up by proxies of its own [links]',
    ],
    [
      isAssumed('jobs.streams'),
      `the job "${job.id}": all VMs, ${job.kind}, ${many(job.streams, 'stream')}, from ${job.start} for ${job.window.hours} h [jobs]`,
    ],
  ];
  return lines.filter(([holds]) => holds).map(([, line]) => line);
}
