import { z } from 'zod';
import { count, id, MBps, seconds, share, timeOfDay } from './fields.ts';
import { priorityClasses } from './compute.ts';

export const policy = z
  .strictObject({
    id,
    agents: z.array(id).min(1),
    dataReduction: z.number().min(1).max(100).default(2).describe('bytes read per byte kept, 2 = two to one'),
    reducedAt: z
      .enum(['proxy', 'agent'])
      .default('proxy')
      .describe('from here on only 1 / dataReduction of the bytes travel'),
  })
  .describe('a storage policy');

const select = z
  .strictObject({
    sites: z.array(id).optional(),
    clusters: z.array(id).optional(),
    servers: z.array(id).optional(),
    stores: z.array(id).optional(),
    priorities: z.array(z.enum(priorityClasses)).optional(),
    vms: z.array(id).optional(),
    except: z.array(id).optional(),
    poweredOnOnly: z.boolean().default(false),
  })
  .describe('the VMs that meet every field given; none given = all');

export const job = z.strictObject({
  id,
  policy: id,
  kind: z.enum(['full', 'incremental']).default('full'),
  select: select.prefault({}),
  streams: count.describe('data streams that the job may use at once'),
  streamsPerVm: count.default(1).describe('at most; never more than the VM has disks'),
  start: timeOfDay.default('22:00'),
  window: z
    .strictObject({
      hours: z.number().positive().max(1000),
      atEnd: z.enum(['finish', 'terminate']).default('finish'),
    })
    .prefault({ hours: 8 })
    .describe('atEnd: what has started finishes, or is terminated'),
  maxRounds: count.nullable().default(null),
  pendDelayS: seconds.default(0).describe('between a round and the next'),
  priority: z.int().default(0).describe('larger is more urgent; for strategies that look at it'),
  coordinator: id
    .optional()
    .describe('a proxy; left out: the first that is in service and can back up a VM of the job'),
  controllers: z.array(id).optional().describe('proxies; left out: all others'),
});

/** Source: domain.md 1.5, 3 and 7. */
export const overheads = z.strictObject({
  snapshotCreateS: seconds.default(5),
  snapshotRemoveS: seconds.default(10),
  snapshotCommitMBps: MBps.default(60).describe("at which a snapshot's delta is read and written back"),
  attachS: seconds.default(60).describe('local mode, one reconfiguration of the proxy'),
  detachS: seconds.default(30).describe('local mode, one reconfiguration of the proxy'),
  connectS: seconds.default(5).describe('the other modes'),
  disconnectS: seconds.default(5).describe('the other modes'),
  cleanUpS: seconds.default(30).describe('after a failed attempt, before the next'),
});

export const streamCaps = z.strictObject({
  sanMBps: MBps.default(250),
  localMBps: MBps.default(180),
  networkMBps: MBps.default(100),
  complexMBps: MBps.default(100),
});

const io = z.number().min(0).max(1e4);

/** Source: domain.md 4.3, [P]. */
export const streamIo = z
  .strictObject({
    sanIo: io.default(4),
    localIo: io.default(3),
    networkIo: io.default(2),
    complexIo: io.default(2),
  })
  .describe('outstanding I/Os that a transferring stream keeps at its device, by access mode');

export const sharingModels = ['max-min', 'by-demand', 'per-stream'] as const;
export type SharingModel = (typeof sharingModels)[number];

export const sharing = z
  .enum(sharingModels)
  .default('max-min')
  .describe(
    'how streams share capacities: max-min fairly; in proportion to what each would get alone; or in equal parts at the device, used or not',
  );

export const roles = z.strictObject({
  detectS: seconds.default(60).describe('until the loss of a proxy is noticed'),
  takeoverS: seconds
    .default(60)
    .describe('from the loss of the coordinator being noticed until the next one decides'),
});

const fromTo = { from: timeOfDay, to: timeOfDay.optional().describe('left out: to the end of the night') };
const entity = {
  proxy: id.optional(),
  device: id.optional(),
  store: id.optional(),
  server: id.optional(),
  agent: id.optional(),
};
const oneEntity = (o: Record<string, unknown>) =>
  Object.keys(entity).filter((k) => o[k] !== undefined).length === 1;
const oneOf = { error: `name exactly one of ${Object.keys(entity).join(', ')}` };

export const failureCauses = ['snapshot', 'quiesce', 'network', 'transport', 'storage'] as const;

export const faults = z.strictObject({
  rates: z
    .strictObject({
      attempt: share.default(0).describe('an attempt of a VM fails, drawn anew for each attempt'),
      vmBroken: share.default(0).describe('a VM is broken: every attempt fails all night'),
      proxyBroken: share.default(0).describe('a proxy is alive, but every attempt on it fails at once'),
      vmProxyPath: share.default(0).describe('no way between a VM and a proxy, all night'),
      proxyDevicePath: share.default(0).describe('no way between a proxy and a device, all night'),
      serverHour: share.default(0).describe('a server has a bad hour: attempts begun in it fail'),
    })
    .prefault({}),
  causes: z
    .strictObject(
      Object.fromEntries(failureCauses.map((c) => [c, share.optional()])) as Record<
        (typeof failureCauses)[number],
        z.ZodOptional<z.ZodNumber>
      >,
    )
    .default({ snapshot: 0.3, quiesce: 0.3, network: 0.2, transport: 0.1, storage: 0.1 })
    .describe('weights of the causes of a failed attempt; left out = 0'),
  hourFactors: z
    .array(z.number().min(0).max(100))
    .length(24)
    .optional()
    .describe('rates.attempt and rates.serverHour times this, by hour'),
  failAtOnceS: seconds.min(0.001).default(1).describe('how soon an attempt on a broken proxy or path fails'),
  outages: z.array(z.strictObject({ ...entity, ...fromTo }).refine(oneEntity, oneOf)).default([]),
  slowdowns: z
    .array(
      z.strictObject({ ...entity, ...fromTo, factor: z.number().min(0).max(1) }).refine(oneEntity, oneOf),
    )
    .default([])
    .describe("capacity times factor; a store's slows its device"),
  broken: z
    .array(
      z.union([
        z.strictObject({
          vm: id,
          cause: z.enum(failureCauses).default('snapshot'),
          attempts: count.optional().describe('the first so many; left out: all'),
          atShare: share.default(0.5),
        }),
        z.strictObject({ proxy: id }),
        z.strictObject({ vm: id, proxy: id }),
        z.strictObject({ proxy: id, device: id }),
        z.strictObject({ server: id, from: timeOfDay, to: timeOfDay }),
      ]),
    )
    .default([])
    .describe('faults that are written, not drawn'),
});

export const variation = z
  .strictObject({
    changedDataSigma: z
      .number()
      .min(0)
      .max(2)
      .default(0)
      .describe('log-normal spread of the changed data per VM and night'),
    productionLoadSpread: share
      .default(0)
      .describe('production load per device and night, drawn from 1 -+ this'),
  })
  .describe('what the night seed draws beside faults');
