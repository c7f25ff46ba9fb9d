import type { DueHeap } from './due-heap.ts';
import type { PacerColumns } from './layout.ts';
import { rateNow } from './loss.ts';

// One server a resource. Its streams take turns, a block each; blocks of all streams hold equally many MB of the source, so
// that taking turns is max-min fair in the rate at the source, whatever a stream takes of the resource. Round robin by
// stream, with a window for each that covers its way, comes near the max-min fair rates of the whole net: E. Hahne,
// Round-robin scheduling for max-min fairness in data networks, IEEE JSAC 9(7), 1991.

export interface Servers {
  /** one more block waits at the node */
  enqueue(node: number, atS: number): void;
  /** what its node has in the ring or under way is gone */
  clear(node: number, atS: number): void;
  /** the block that the resource serves is served. @returns its node */
  complete(resource: number): number;
  /** begins with the next block, where there is one and none is being served */
  serveNext(resource: number, atS: number): void;
  /** changes what the resource can do; the block under way goes on at the new rate */
  change(resource: number, atS: number, change: () => void): void;
}

export function createServers(columns: PacerColumns, due: DueHeap): Servers {
  const { resources: r, nodes, slots, size } = columns;

  const blockMB = (node: number): number => {
    const slot = Math.floor(node / size.hops);
    return nodes.passed[node] === slots.blocks[slot]! - 1 ? slots.lastMB[slot]! : size.blockMB;
  };

  function append(resource: number, node: number): void {
    nodes.next[node] = -1;
    if (r.head[resource] === -1) r.head[resource] = node;
    else nodes.next[r.tail[resource]!] = node;
    r.tail[resource] = node;
  }

  function unlink(resource: number, node: number): void {
    for (let before = -1, at = r.head[resource]!; at !== -1; before = at, at = nodes.next[at]!) {
      if (at !== node) continue;
      if (before === -1) r.head[resource] = nodes.next[at]!;
      else nodes.next[before] = nodes.next[at]!;
      if (r.tail[resource] === at) r.tail[resource] = before;
      return;
    }
  }

  function schedule(resource: number): void {
    const rate = rateNow(r, resource);
    if (rate > 0) {
      r.dueS[resource] = r.sinceS[resource]! + r.left[resource]! / rate;
      due.update(resource);
    } else due.remove(resource);
  }

  function serveNext(resource: number, atS: number): void {
    const node = r.head[resource]!;
    if (node === -1 || r.serving[resource] !== -1) return;
    unlink(resource, node);
    r.serving[resource] = node;
    r.left[resource] = nodes.perMB[node]! * blockMB(node);
    r.sinceS[resource] = atS;
    schedule(resource);
  }

  return {
    serveNext,
    enqueue(node, atS) {
      const resource = nodes.resource[node]!;
      if (++nodes.queued[node]! > 1) return;
      append(resource, node);
      serveNext(resource, atS);
    },
    clear(node, atS) {
      const resource = nodes.resource[node]!;
      nodes.queued[node] = 0;
      if (r.serving[resource] !== node) return unlink(resource, node);
      r.serving[resource] = -1;
      due.remove(resource);
      serveNext(resource, atS);
    },
    complete(resource) {
      const node = r.serving[resource]!;
      r.serving[resource] = -1;
      due.remove(resource);
      nodes.passed[node]!++;
      if (--nodes.queued[node]! > 0) append(resource, node);
      return node;
    },
    change(resource, atS, change) {
      const before = rateNow(r, resource);
      change();
      if (r.serving[resource] === -1 || rateNow(r, resource) === before) return;
      r.left[resource] = Math.max(0, r.left[resource]! - before * (atS - r.sinceS[resource]!));
      r.sinceS[resource] = atS;
      schedule(resource);
    },
  };
}
