import { z } from 'zod';
import { link, managementServer, proxy, server, site, vm } from './compute.ts';
import { id } from './fields.ts';
import { faults, job, overheads, policy, roles, sharing, streamCaps, streamIo, variation } from './night.ts';
import { agent, device, secondaryStorage, store } from './storage.ts';

/** Where a fact of an imported document comes from. */
export const origins = ['read', 'derived', 'assumed'] as const;

export const placementSpreads = ['even', 'skewed', 'by-server'] as const;
export type PlacementSpread = (typeof placementSpreads)[number];

const ledger = z
  .strictObject({
    source: z.string().describe('what was imported'),
    fields: z
      .record(z.string(), z.strictObject({ origin: z.enum(origins), how: z.string() }))
      .describe('by field, as "vms.server"'),
    assumedPlacement: z
      .strictObject({
        stores: z
          .string()
          .optional()
          .describe('rule by which VMs were placed on data stores, where no source said it'),
        vms: z.array(id).optional().describe('the VMs so placed; left out: all'),
        spread: z
          .enum(placementSpreads)
          .optional()
          .describe(
            'how the stores of a server are drawn among: evenly for each VM; more on the first of them; or one for all VMs of the server; left out: even',
          ),
        disks: z.string().optional().describe("rule by which a VM's bytes were split over its disks"),
      })
      .optional()
      .describe('present where placement is a guess: the cluster seed then draws it again'),
  })
  .describe('of every field: read, derived or assumed');

/** The cluster-and-night document, version 1: what `proxybench schema` publishes. */
export const documentSchema = z
  .strictObject({
    proxybench: z.literal(1).describe('version of this format'),
    name: id,
    note: z.string().optional(),
    ledger: ledger.optional(),
    sites: z.array(site).min(1),
    links: z.array(link).default([]),
    managementServers: z.array(managementServer).default([]),
    devices: z.array(device).min(1),
    stores: z.array(store).min(1),
    servers: z.array(server).min(1),
    vms: z.array(vm),
    proxies: z.array(proxy).min(1),
    agents: z.array(agent).min(1),
    secondaryStorage: z.array(secondaryStorage).min(1),
    policies: z.array(policy).min(1),
    jobs: z.array(job).min(1),
    streamCaps: streamCaps.prefault({}),
    streamIo: streamIo.prefault({}),
    sharing,
    overheads: overheads.prefault({}),
    roles: roles.prefault({}),
    faults: faults.prefault({}),
    variation: variation.prefault({}),
  })
  .describe('proxybench: one cluster and one night of backups');

/** A document with every default filled in. */
export type Document = z.output<typeof documentSchema>;
/** A document as written: what has a default may be left out. */
export type DocumentInput = z.input<typeof documentSchema>;
