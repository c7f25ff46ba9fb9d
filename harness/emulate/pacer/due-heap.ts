import { heapSizeWord, type PacerColumns } from './layout.ts';

/** The resources that serve a block, by when it is served, then by number; in shared memory. */
export interface DueHeap {
  /** @returns the resource whose block is served first; -1 = none serves */
  first(): number;
  /** its time has changed, or it is new */
  update(resource: number): void;
  remove(resource: number): void;
}

export function createDueHeap({ control, resources: { heap, heapAt, dueS } }: PacerColumns): DueHeap {
  const isBefore = (a: number, b: number) => (dueS[a]! - dueS[b]! || a - b) < 0;

  function put(resource: number, at: number): void {
    heap[at] = resource;
    heapAt[resource] = at;
  }

  function up(resource: number, from: number): number {
    let at = from;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = heap[(at - 1) >> 1]!;
      if (!isBefore(resource, parent)) break;
      put(parent, at);
    }
    return at;
  }

  function down(resource: number, from: number): number {
    let at = from;
    for (const size = control[heapSizeWord]!; 2 * at + 1 < size;) {
      const left = 2 * at + 1;
      const child = left + 1 < size && isBefore(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!isBefore(heap[child]!, resource)) break;
      put(heap[child]!, at);
      at = child;
    }
    return at;
  }

  const settle = (resource: number, at: number) => put(resource, down(resource, up(resource, at)));

  return {
    first: () => (control[heapSizeWord] === 0 ? -1 : heap[0]!),
    update(resource) {
      if (heapAt[resource] === -1) heapAt[resource] = control[heapSizeWord]!++;
      settle(resource, heapAt[resource]!);
    },
    remove(resource) {
      const at = heapAt[resource]!;
      if (at === -1) return;
      heapAt[resource] = -1;
      const size = --control[heapSizeWord]!;
      if (at < size) settle(heap[size]!, at);
    },
  };
}
