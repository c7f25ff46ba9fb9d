import { ownCap } from '../allocation.ts';
import type { Picture, PictureFlow } from './picture.ts';
import type { Terms } from './weighted-filling.ts';

/**
 * Proportional to demand: who could use more gets more. The demand of a flow is the rate that it would have alone; where a
 * resource is short, the flows that it holds get the same share of their demands, and nobody who is held elsewhere keeps
 * what others could use.
 */
export const byDemand = (picture: Picture): Terms[] =>
  picture.flows.map((flow) => {
    const demandMBps = demandOf(flow, picture);
    // what could not move alone has no share to rise by
    return { weight: demandMBps > 0 ? demandMBps : 1, capMBps: flow.capMBps, cappedBy: ownCap };
  });

const demandOf = ({ capMBps, uses }: PictureFlow, { table }: Picture): number =>
  uses.reduce(
    (least, { resource, perMB }) => Math.min(least, table.capacityWith(resource, 1) / perMB),
    capMBps,
  );
