import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';

/** Data stores that an order reads, ascending. */
export const storesOf = (night: Night, { vm, disks }: Order): readonly Id[] =>
  [...new Set(disks.map((d) => night.vms[vm]!.disks[d]!.store))].toSorted((a, b) => a - b);

/** The VM server that an order reads through; null = none. */
export const viaOf = (night: Night, order: Order): Id | null =>
  night.viaServer(order.vm, storesOf(night, order), order.proxy, order.tier);
