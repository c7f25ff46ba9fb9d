import { z } from 'zod';
import { count, id, MB, MBps, seconds, share } from './fields.ts';

export const site = z.strictObject({ id });

export const link = z.strictObject({
  between: z.tuple([id, id]),
  MBps: MBps.describe('capacity of each direction'),
});

export const managementServer = z.strictObject({
  id,
  networkConnections: count.nullable().default(52),
  operations: count.nullable().default(8).describe('control-plane operations at once; null = no limit'),
});

export const server = z
  .strictObject({
    id,
    site: id,
    cluster: id.optional(),
    hypervisor: id.default('vmware'),
    managementServer: id.optional(),
    uplinkMBps: MBps.default(1250),
    networkReadMBps: MBps.default(450).describe('what network-mode reads of all its VMs get together'),
    networkConnections: count.nullable().default(48),
    stores: z.array(id).describe('the data stores that it mounts'),
  })
  .describe('a VM server');

export const defaultDailyChange = 0.02;

export const disk = z
  .strictObject({
    store: id,
    allocatedMB: MB,
    usedMB: MB,
    dailyChange: share.default(defaultDailyChange).describe('share of usedMB that changes in a day'),
  })
  .refine((d) => d.usedMB <= d.allocatedMB, { error: 'usedMB is at most allocatedMB', path: ['usedMB'] });

export const priorityClasses = ['critical', 'normal', 'low'] as const;
export const lastResults = ['ok', 'failed', 'new'] as const;

export const vm = z.strictObject({
  key: id.describe('stable: faults and changed data are drawn by it'),
  server: id,
  poweredOn: z.boolean().default(true),
  guest: z.string().optional(),
  priority: z.enum(priorityClasses).default('normal'),
  lastResult: z.enum(lastResults).default('ok'),
  writeMBps: z
    .number()
    .min(0)
    .max(1e6)
    .optional()
    .describe(
      'what the guest writes while its snapshot is open; default: a day of its changed data over 24 h',
    ),
  disks: z.array(disk).min(1),
});

/** Source of the defaults: domain.md 1.1, 1.5 and 7. Per core: full / incremental, virtual or physical. */
export const proxyRates = {
  virtual: { full: 180, incremental: 80 },
  physical: { full: 250, incremental: 250 },
} as const;

export const proxy = z
  .strictObject({
    id,
    server: id.optional().describe('a virtual proxy runs on this server'),
    site: id.optional().describe('a physical proxy stands at this site'),
    cpus: count,
    ramMB: MB.gt(0),
    nicMBps: MBps.optional().describe(
      'physical only, default 1250; a virtual proxy shares the uplink of its server',
    ),
    hbaMBps: MBps.default(1600),
    sanZones: z.array(id).default([]),
    hypervisors: z.array(id).min(1).default(['vmware']).describe('what its data agent suits'),
    installed: z.boolean().default(true),
    active: z.boolean().default(true),
    dormant: z.boolean().default(false).describe('switched off: the first start boots it'),
    bootS: seconds.default(120),
    maxStreams: count.optional().describe("an administrator's limit, instead of the rule of the method"),
    fullMBpsPerCore: MBps.optional(),
    incrementalMBpsPerCore: MBps.optional(),
    streamsPerCore: z.number().positive().default(2).describe('comfortable streams per core'),
    ramMBPerStream: z.number().positive().default(1000),
    overloadFloor: share
      .gt(0)
      .default(0.25)
      .describe('least share of the CPU capacity that too many streams leave'),
    hotAddReconfigurations: count.default(1),
    hotAddDisks: count.default(60),
  })
  .refine((p) => (p.server === undefined) !== (p.site === undefined), {
    error: 'a proxy has either a server (virtual) or a site (physical)',
    path: ['server'],
  })
  .refine((p) => p.server === undefined || p.nicMBps === undefined, {
    error: 'a virtual proxy shares the uplink of its server: nicMBps is for physical ones',
    path: ['nicMBps'],
  });
