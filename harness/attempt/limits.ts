import { modeOf, type AccessMode } from '../model/access.ts';
import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Queue } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import { storesOf, viaOf } from './order-places.ts';
import type { Tokens, Want } from './tokens.ts';

// The counted limits of a night (night.md N6), as token pools, and what an attempt takes of them in which phase.

export interface Limits {
  /** for as long as a snapshot is open */
  snapshot(order: Order): Want[];
  /** while the control plane works for the VM */
  operation(order: Order): Want[];
  /** while a disk is attached or detached */
  reconfigure(order: Order): Want[];
  /** from attaching to detaching */
  attached(order: Order): Want[];
  /** one attempt at a time creates or removes the snapshot that the disks of a VM share */
  snapshotLock(order: Order): Want[];
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
  const stores = night.stores.map((s) => pool(s.maxOpenSnapshots, 'open snapshots of data store', s.id));
  const connections = night.servers.map((s) => pool(s.networkConnections, 'connections of server', s.id));
  const management = night.managementServers.map((m) => ({
    connections: pool(m.networkConnections, 'connections of management server', m.id),
    operations: pool(m.operations, 'operations of management server', m.id),
  }));
  const proxies = night.proxies.map((p) => ({
    reconfigurations: pool(p.hotAddReconfigurations, 'reconfigurations of proxy', p.id),
    disks: pool(p.hotAddDisks, 'attached disks of proxy', p.id),
  }));
  const locks = new Map<Id, number>();

  const managementOf = (server: Id) => {
    const id = night.servers[server]!.managementServer;
    return id === null ? null : management[id]!;
  };
  const one = (p: number): Want => ({ pool: p, count: 1 });

  const attachedBy: Record<AccessMode, (order: Order) => Want[]> = {
    san: () => [],
    local: (o) => [{ pool: proxies[o.proxy]!.disks, count: o.disks.length }],
    network: throughServer,
    complex: throughServer,
  };

  /** one connection per disk that is read at a time */
  function throughServer(o: Order): Want[] {
    const via = viaOf(night, o)!;
    const count = o.lanes.length;
    const managed = managementOf(via);
    return [
      { pool: connections[via]!, count },
      ...(managed === null ? [] : [{ pool: managed.connections, count }]),
    ];
  }

  return {
    snapshot: (o) => storesOf(night, o).map((s) => one(stores[s]!)),
    operation(o) {
      const managed = managementOf(night.vms[o.vm]!.server);
      return managed === null ? [] : [one(managed.operations)];
    },
    reconfigure: (o) => (modeOf(o.tier) === 'local' ? [one(proxies[o.proxy]!.reconfigurations)] : []),
    attached: (o) => attachedBy[modeOf(o.tier)](o),
    snapshotLock(o) {
      if (o.disks.length === night.vms[o.vm]!.disks.length) return [];
      if (!locks.has(o.vm)) locks.set(o.vm, pool(1, 'snapshot lock of VM', o.vm));
      return [one(locks.get(o.vm)!)];
    },
    queueOf: (id) => queues.get(id)!,
  };
}
