import type { PlacementSpread } from '../model/document/document.ts';
import { drawUniform } from './rng.ts';

/** What of a document says where its VMs lie; both a document as written and one with its defaults filled in have it. */
export interface Placed {
  readonly ledger?: { readonly assumedPlacement?: AssumedPlacement | undefined } | undefined;
  readonly devices: readonly { readonly id: string; readonly attachment: { readonly kind: string } }[];
  readonly stores: readonly { readonly id: string; readonly device: string }[];
  readonly servers: readonly { readonly id: string; readonly stores: readonly string[] }[];
  readonly vms: readonly VmPlace[];
}

interface AssumedPlacement {
  readonly stores?: string | undefined;
  readonly vms?: readonly string[] | undefined;
  readonly spread?: PlacementSpread | undefined;
}

interface VmPlace {
  readonly key: string;
  readonly server: string;
  readonly disks: readonly { readonly store: string }[];
}

/**
 * The document with each VM of assumed placement drawn anew on one of the stores that its server mounts and that are not
 * internal to a server, by the cluster seed and the VM's key, as the document says how. VMs on internal stores, and documents whose placement is known,
 * stay as they are. The importer's own draw is that of seed 1.
 */
export function redrawPlacement<D extends Placed>(document: D, clusterSeed: number): D {
  const assumed = document.ledger?.assumedPlacement;
  if (assumed?.stores === undefined) return document;
  const isAssumed = assumed.vms === undefined ? null : new Set(assumed.vms);
  const internal = new Set(document.devices.filter((d) => d.attachment.kind === 'internal').map((d) => d.id));
  const shared = document.stores.filter((store) => !internal.has(store.device)).map((store) => store.id);
  const isInside = new Set(document.stores.filter((s) => internal.has(s.device)).map((store) => store.id));
  const choices = choicesOf(document, shared);
  const drawPlace = drawsBySpread[assumed.spread ?? 'even'](clusterSeed);
  const place = (vm: VmPlace): VmPlace => {
    const stores = choices.get(vm.server) ?? [];
    const mine = isAssumed === null || isAssumed.has(vm.key);
    if (!mine || stores.length === 0 || vm.disks.some((disk) => isInside.has(disk.store))) return vm;
    const store = stores[Math.floor(drawPlace(vm) * stores.length)]!;
    return { ...vm, disks: vm.disks.map((disk) => ({ ...disk, store })) };
  };
  return { ...document, vms: document.vms.map(place) };
}

/** Where among the stores of its server a VM comes to lie, in [0, 1). */
const drawsBySpread: Readonly<Record<PlacementSpread, (clusterSeed: number) => (vm: VmPlace) => number>> = {
  even: (seed) => (vm) => drawUniform(['placement', seed, vm.key]),
  // of ten stores the first gets a third of the VMs, the last a twentieth
  skewed: (seed) => (vm) => drawUniform(['placement', seed, vm.key]) ** 2,
  'by-server': (seed) => (vm) => drawUniform(['placement', seed, 'server', vm.server]),
};

/** By server: the shared stores that it mounts, in document order whatever the order of its own list. */
function choicesOf(document: Placed, shared: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rank = new Map(shared.map((id, i) => [id, i]));
  return new Map(
    document.servers.map((server) => {
      const mounted = [...new Set(server.stores)].filter((id) => rank.has(id));
      return [server.id, mounted.toSorted((a, b) => rank.get(a)! - rank.get(b)!)];
    }),
  );
}
