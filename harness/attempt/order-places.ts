import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';

/** Where an order reads. */
export interface OrderPlaces {
  /** data stores, ascending */
  readonly stores: readonly Id[];
  /** the VM server that it reads through; null = none */
  readonly via: Id | null;
}

export function placesOf(night: Night, order: Order): OrderPlaces {
  const stores = storesOf(night, order);
  return { stores, via: night.viaServer(order.vm, stores, order.proxy, order.tier) };
}

function storesOf(night: Night, { vm, disks }: Order): readonly Id[] {
  const all = night.vms[vm]!.disks;
  const stores: Id[] = [];
  for (let n = 0; n < disks.length; n++) {
    const { store } = all[disks[n]!]!;
    if (!stores.includes(store)) stores.push(store);
  }
  return stores.length < 2 ? stores : stores.toSorted((a, b) => a - b);
}

/** Devices that the lanes of an order read, in any order. */
export function devicesOf({ lanes }: Order): readonly Id[] {
  const devices: Id[] = [];
  for (const lane of lanes)
    for (const { device } of lane) if (!devices.includes(device)) devices.push(device);
  return devices;
}
