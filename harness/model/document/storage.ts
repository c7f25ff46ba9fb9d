import { z } from 'zod';
import { byHour, count, id, MB, MBps, share, streamLoss } from './fields.ts';

export const mediaKinds = ['hdd', 'hybrid', 'flash'] as const;
export type Media = (typeof mediaKinds)[number];

/** What a medium is like where the document does not say. Source: domain.md 4.3 and 7, all [P]. */
export const mediaDefaults: Record<Media, MediaFacts> = {
  hdd: {
    readMBps: 600,
    lossPerStream: 0.03,
    efficiencyFloor: 0.25,
    latencyMs: 6,
    latencyMsPerIo: 0.35,
    incrementalReadEfficiency: 0.5,
  },
  hybrid: {
    readMBps: 1500,
    lossPerStream: 0.008,
    efficiencyFloor: 0.5,
    latencyMs: 2,
    latencyMsPerIo: 0.2,
    incrementalReadEfficiency: 0.7,
  },
  flash: {
    readMBps: 4000,
    lossPerStream: 0,
    efficiencyFloor: 1,
    latencyMs: 0.5,
    latencyMsPerIo: 0.05,
    incrementalReadEfficiency: 1,
  },
};

export interface MediaFacts {
  /** sequential read capacity with one stream */
  readonly readMBps: number;
  readonly lossPerStream: number;
  readonly efficiencyFloor: number;
  /** read latency with nothing outstanding */
  readonly latencyMs: number;
  /** what each outstanding I/O adds to the latency */
  readonly latencyMsPerIo: number;
  /** share of readMBps that scattered reads of changed blocks reach, in (0, 1] */
  readonly incrementalReadEfficiency: number;
}

const attachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('internal'), server: id }).describe('disks inside one VM server'),
  z
    .strictObject({ kind: z.literal('san'), site: id, zones: z.array(id).min(1) })
    .describe('a SAN array, visible in these zones'),
  z.strictObject({ kind: z.literal('nas'), site: id }).describe('a NAS at a site, read over the LAN'),
]);

export const device = z
  .strictObject({
    id,
    media: z.enum(mediaKinds),
    attachment,
    readMBps: MBps.optional(),
    lossPerStream: streamLoss.lossPerStream.optional(),
    efficiencyFloor: streamLoss.efficiencyFloor.optional(),
    latencyMs: z.number().min(0).max(1e4).optional(),
    latencyMsPerIo: z.number().min(0).max(1e4).optional(),
    incrementalReadEfficiency: share.gt(0).optional(),
    production: z
      .strictObject({
        MBps: byHour(z.number().min(0).max(1e9)).default(0),
        outstandingIo: byHour(z.number().min(0).max(1e6)).default(0),
      })
      .prefault({})
      .describe('what production takes of the device, by hour of the day'),
  })
  .describe('a primary storage device: what is left out comes from its medium');

export const store = z.strictObject({
  id,
  device: id,
  freeMB: MB.optional(),
  maxOpenSnapshots: count.nullable().default(4).describe('open VM snapshots at once; null = no limit'),
});

export const agent = z
  .strictObject({
    id,
    site: id,
    nicMBps: MBps.default(1250),
    maxStreams: count.default(50),
    lossPerStream: streamLoss.lossPerStream.default(0),
    efficiencyFloor: streamLoss.efficiencyFloor.default(1),
    storage: id,
  })
  .describe('a media agent');

export const secondaryStorage = z.strictObject({
  id,
  writeMBps: MBps.default(2000),
  lossPerStream: streamLoss.lossPerStream.default(0),
  efficiencyFloor: streamLoss.efficiencyFloor.default(1),
});
