// Where everything lies in the memory that the threads share. Plain typed arrays, written under the lock, but for the
// counters of a slot that agents move by themselves.

/** What a night takes of the shared memory. */
export interface PacerSize {
  /** with a capacity that streams share */
  readonly resources: number;
  /** flows at one time */
  readonly slots: number;
  /** resources on the way of one flow, its own cap included */
  readonly hops: number;
  /** MB of a block of the night, whatever real bytes stand for it */
  readonly blockMB: number;
  /** false = nothing is held back: every block is there at once, and the machine is what it is */
  readonly isShaped: boolean;
}

const controlWords = 8;
export const lockWord = 0;
export const heapSizeWord = 1;

/** Columns by resource: the shared ones first, then the cap of each slot. */
export interface ResourceColumns {
  readonly capacity: Float64Array;
  /** how the capacity falls with the flows on it: kind and its two numbers, see `efficiency.ts` */
  readonly lossKind: Int32Array;
  readonly lossA: Float64Array;
  readonly lossB: Float64Array;
  readonly flowsOn: Int32Array;
  /** node whose block is being served; -1 = none */
  readonly serving: Int32Array;
  /** when that block is served; Infinity = the resource has no capacity now */
  readonly dueS: Float64Array;
  /** of that block: what is left to serve, in the resource's unit times seconds, at `sinceS` */
  readonly left: Float64Array;
  readonly sinceS: Float64Array;
  /** ring of the nodes with blocks that wait: first and last; -1 = empty */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  /** the heap of those that serve, by `dueS`: its items, and where each stands; -1 = not in it */
  readonly heap: Int32Array;
  readonly heapAt: Int32Array;
}

export const slotStates = {
  free: 0,
  /** blocks are still to arrive */
  flowing: 1,
  /** all have arrived, or it was stopped: whoever opened the slot frees it */
  done: 2,
} as const;

/** Columns by slot: a flow that is under way. */
export interface SlotColumns {
  /** see `slotStates` */
  readonly live: Int32Array;
  readonly hopCount: Int32Array;
  readonly blocks: Int32Array;
  /** of the last block; the others are whole */
  readonly lastMB: Float64Array;
  /** blocks that have set out, have arrived, were written by the agent: each at most the one before */
  readonly entered: Int32Array;
  readonly arrived: Int32Array;
  readonly written: Int32Array;
  /** when the last block arrived */
  readonly doneS: Float64Array;
}

/** Columns by node: slot * hops + place on the way. */
export interface NodeColumns {
  readonly resource: Int32Array;
  readonly perMB: Float64Array;
  /** blocks that wait here or are being served */
  readonly queued: Int32Array;
  /** blocks that went on from here */
  readonly passed: Int32Array;
  /** in the ring of its resource; -1 = the last */
  readonly next: Int32Array;
}

export interface PacerMemory {
  readonly size: PacerSize;
  readonly buffer: SharedArrayBuffer;
}

export interface PacerColumns {
  readonly size: PacerSize;
  readonly control: Int32Array;
  /** [0]: the time up to which all is served */
  readonly clock: Float64Array;
  readonly resources: ResourceColumns;
  readonly slots: SlotColumns;
  readonly nodes: NodeColumns;
}

export function allocatePacer(size: PacerSize): PacerMemory {
  const buffer = new SharedArrayBuffer(carve(size, null));
  const memory = { size, buffer };
  const { resources, nodes } = viewPacer(memory);
  for (const column of [resources.serving, resources.head, resources.tail, resources.heapAt, nodes.next])
    column.fill(-1);
  return memory;
}

export function viewPacer({ size, buffer }: PacerMemory): PacerColumns {
  let columns: PacerColumns | null = null;
  carve(size, (made) => (columns = made), buffer);
  return columns!;
}

/** Lays the columns out one after another, 8 bytes aligned. @returns bytes in all */
function carve(
  size: PacerSize,
  made: ((columns: PacerColumns) => void) | null,
  buffer: SharedArrayBuffer = new SharedArrayBuffer(0),
): number {
  let at = 0;
  const place = (count: number, bytes: number): number => {
    const from = at;
    at += Math.ceil((count * bytes) / 8) * 8;
    return from;
  };
  const ints = (count: number) => {
    const from = place(count, 4);
    return made === null ? new Int32Array(0) : new Int32Array(buffer, from, count);
  };
  const floats = (count: number) => {
    const from = place(count, 8);
    return made === null ? new Float64Array(0) : new Float64Array(buffer, from, count);
  };
  const r = size.resources + size.slots;
  const s = size.slots;
  const n = size.slots * size.hops;
  const columns: PacerColumns = {
    size,
    control: ints(controlWords),
    clock: floats(1),
    resources: {
      capacity: floats(r),
      lossKind: ints(r),
      lossA: floats(r),
      lossB: floats(r),
      flowsOn: ints(r),
      serving: ints(r),
      dueS: floats(r),
      left: floats(r),
      sinceS: floats(r),
      head: ints(r),
      tail: ints(r),
      heap: ints(r),
      heapAt: ints(r),
    },
    slots: {
      live: ints(s),
      hopCount: ints(s),
      blocks: ints(s),
      lastMB: floats(s),
      entered: ints(s),
      arrived: ints(s),
      written: ints(s),
      doneS: floats(s),
    },
    nodes: {
      resource: ints(n),
      perMB: floats(n),
      queued: ints(n),
      passed: ints(n),
      next: ints(n),
    },
  };
  made?.(columns);
  return at;
}
