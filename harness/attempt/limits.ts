import { modeOf, type AccessMode } from '../model/access.ts';
import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Queue } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { OrderPlaces } from './order-places.ts';
import { nothing, type Tokens, type Want } from './tokens.ts';

// The counted limits of a night (night.md N6), as token pools, and what an attempt takes of them in which phase.

/** An order, and where it reads. */
export interface Placed {
  readonly order: Order;
  readonly places: OrderPlaces;
}

export interface Limits {
  /** for as long as a snapshot is open */
  snapshot(a: Placed): readonly Want[];
  /** while the control plane works for the VM */
  operation(a: Placed): readonly Want[];
  /** while a disk is attached to the proxy or detached: a HotAdd is a reconfiguration of the proxy, one after another */
  reconfigure(a: Placed): readonly Want[];
  /** from attaching to detaching */
  attached(a: Placed): readonly Want[];
  /** one attempt at a time creates or removes the snapshot that the disks of a VM share */
  snapshotLock(a: Placed): readonly Want[];
  /** what a pool of tokens stands for */
  queueOf(pool: number): Queue;
}

export function createLimits(night: Night, tokens: Tokens): Limits {
  const queues = new Map<number, Queue>();
  function pool(limit: number | null, of: Queue['of'], id: Id): number {
    const added = tokens.addPool(limit);
    queues.set(added, { of, id });
    return added;
  }
  /** the same list for all who take one of it */
  const one = (limit: number | null, of: Queue['of'], id: Id): readonly Want[] => [
    { pool: pool(limit, of, id), count: 1 },
  ];
  const stores = night.stores.map((s) => one(s.maxOpenSnapshots, 'open snapshots of data store', s.id));
  const connections = night.servers.map((s) => pool(s.networkConnections, 'connections of server', s.id));
  const management = night.managementServers.map((m) => ({
    connections: pool(m.networkConnections, 'connections of management server', m.id),
    operations: one(m.operations, 'operations of management server', m.id),
  }));
  const proxies = night.proxies.map((p) => ({
    reconfigurations: one(p.hotAddReconfigurations, 'reconfigurations of proxy', p.id),
    disks: pool(p.hotAddDisks, 'attached disks of proxy', p.id),
  }));
  /** by proxy and management server, made when first asked for */
  const reconfigure = night.proxies.map(() => new Map<Id | null, readonly Want[]>());
  const locks = new Map<Id, readonly Want[]>();

  const managementOf = (server: Id) => {
    const id = night.servers[server]!.managementServer;
    return id === null ? null : management[id]!;
  };
  const operation = ({ order }: Placed): readonly Want[] =>
    managementOf(night.vms[order.vm]!.server)?.operations ?? nothing;

  const attachedBy: Record<AccessMode, (a: Placed) => readonly Want[]> = {
    san: () => nothing,
    local: ({ order }) => [{ pool: proxies[order.proxy]!.disks, count: order.disks.length }],
    network: throughServer,
    complex: throughServer,
  };

  /** one connection per disk that is read at a time */
  function throughServer({ order, places }: Placed): readonly Want[] {
    const via = places.via!;
    const count = order.lanes.length;
    const managed = managementOf(via);
    const own = { pool: connections[via]!, count };
    return managed === null ? [own] : [own, { pool: managed.connections, count }];
  }

  return {
    snapshot: ({ places }) =>
      places.stores.length === 1 ? stores[places.stores[0]!]! : places.stores.flatMap((s) => stores[s]!),
    operation,
    reconfigure(a) {
      const { proxy, vm } = a.order;
      const known = reconfigure[proxy]!;
      const managedBy = night.servers[night.vms[vm]!.server]!.managementServer;
      let wants = known.get(managedBy);
      if (wants === undefined)
        known.set(managedBy, (wants = [...proxies[proxy]!.reconfigurations, ...operation(a)]));
      return wants;
    },
    attached: (a) => attachedBy[modeOf(a.order.tier)](a),
    snapshotLock({ order }) {
      const { vm, disks } = order;
      if (disks.length === night.vms[vm]!.disks.length) return nothing;
      let lock = locks.get(vm);
      if (lock === undefined) locks.set(vm, (lock = one(1, 'snapshot lock of VM', vm)));
      return lock;
    },
    queueOf: (id) => queues.get(id)!,
  };
}
