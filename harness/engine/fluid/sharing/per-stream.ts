import { ownCap } from '../allocation.ts';
import type { Picture, PictureFlow } from './picture.ts';
import type { Terms } from './weighted-filling.ts';

/**
 * Equal per stream at the device: a device serves its streams in turn and gives each the same part of what it can do, whether
 * the stream can use it or not: what a stream that is held elsewhere leaves is lost. Everything behind the device is shared
 * max-min fairly.
 */
export const perStream = (picture: Picture): Terms[] => picture.flows.map((flow) => termsOf(flow, picture));

function termsOf({ capMBps, uses }: PictureFlow, { table, counts }: Picture): Terms {
  let terms: Terms = { weight: 1, capMBps, cappedBy: ownCap };
  for (const { resource, perMB } of uses) {
    if (table.specs[resource]!.isDevice !== true) continue;
    const n = counts[resource]!;
    const partMBps = table.capacityWith(resource, n) / n / perMB;
    if (partMBps < terms.capMBps) terms = { weight: 1, capMBps: partMBps, cappedBy: resource };
  }
  return terms;
}
