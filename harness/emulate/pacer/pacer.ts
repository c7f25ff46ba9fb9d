import type { ResourceSpec, Use } from '../../attempt/flows.ts';
import { createDueHeap } from './due-heap.ts';
import { lockWord, slotStates, viewPacer, type PacerMemory } from './layout.ts';
import { createLock } from './lock.ts';
import { writeLoss } from './loss.ts';
import { createServers } from './servers.ts';
import { freeSlot, movedMB } from './slots.ts';
import { unshapedFlows } from './unshaped.ts';

export interface PacedFlow {
  readonly blocks: number;
  /** of the last block, in (0, blockMB] */
  readonly lastMB: number;
  readonly capMBps: number;
  /** in order of the way, every resource once */
  readonly uses: readonly Use[];
}

/**
 * The shared capacities of a night, in memory that all threads see. A block of a flow goes from resource to resource; each
 * serves its flows in turn. Times are seconds of the night: a block is due when the one before it was, plus what it
 * takes, however late anybody wakes up to look; lateness does not add up.
 *
 * Whoever holds a view may drive: of several one does, and the others find it done.
 */
export interface Pacer {
  /** before the night. @returns its number, dense from 0 */
  setResource(resource: number, spec: ResourceSpec): void;
  setCapacity(resource: number, capacity: number, atS: number): void;
  /** @returns the slot of the flow. @throws {Error} where all are taken */
  open(flow: PacedFlow, atS: number): number;
  setCap(slot: number, capMBps: number, atS: number): void;
  /** Stops what still flows; the slot stays taken. @returns MB that have arrived */
  close(slot: number, atS: number): number;
  /** nobody counts in the slot any more */
  free(slot: number): void;
  /** Serves all that is due by then, unless another thread does just now. @returns when it is worth to look again; Infinity = nothing flows */
  drive(toS: number): number;
  /** when the next block is served; Infinity = nothing flows */
  nextS(): number;
  /** blocks that have arrived */
  arrived(slot: number): number;
  /** all of them have */
  isDone(slot: number): boolean;
  /** when the last block arrived */
  doneS(slot: number): number;
  movedMB(slot: number): number;
  /** the agent has written one more of them */
  wrote(slot: number): void;
  /** the resource where most of the flow's blocks wait; null = its own cap, or none flows */
  limiterOf(slot: number): number | null;
}

/**
 * Blocks of a flow on its way at one time. Too few, and a resource finds none where it is the flow's turn; too many, and
 * they crowd in front of resources that have to spare. Of drawn nets, this came nearest to the exact rates.
 */
const windowOf = (hops: number): number => Math.ceil(hops / 2) + 2;

/** Blocks that an agent may be behind before its stream is held up. */
const slackBlocks = 64;
/** as good as no cap at all */
const mostMBps = 1e12;

export function createPacer(memory: PacerMemory): Pacer {
  const columns = viewPacer(memory);
  const { size, control, clock, resources: r, slots, nodes } = columns;
  const lock = createLock(control, lockWord);
  const due = createDueHeap(columns);
  const servers = createServers(columns, due);

  const capOf = (slot: number) => size.resources + slot;
  const nodesOf = (slot: number) =>
    Array.from({ length: slots.hopCount[slot]! }, (_, hop) => slot * size.hops + hop);

  /** Sends blocks on their way, as many as the window allows: it covers the way, and what the agent may be behind. */
  function enter(slot: number, atS: number): void {
    const window = windowOf(slots.hopCount[slot]!);
    const most = Math.min(
      slots.blocks[slot]!,
      slots.arrived[slot]! + window,
      Atomics.load(slots.written, slot) + window + slackBlocks,
    );
    while (slots.entered[slot]! < most) {
      slots.entered[slot]!++;
      servers.enqueue(slot * size.hops, atS);
    }
  }

  function leave(slot: number, atS: number): void {
    slots.live[slot] = slotStates.done;
    for (const node of nodesOf(slot)) {
      const resource = nodes.resource[node]!;
      servers.change(resource, atS, () => r.flowsOn[resource]!--);
    }
  }

  function arrive(slot: number, atS: number): void {
    const arrived = slots.arrived[slot]! + 1;
    if (arrived === slots.blocks[slot]) {
      slots.doneS[slot] = atS;
      leave(slot, atS);
    }
    Atomics.store(slots.arrived, slot, arrived);
    if (arrived < slots.blocks[slot]!) enter(slot, atS);
  }

  function serve(resource: number, atS: number): void {
    const node = servers.complete(resource);
    const slot = Math.floor(node / size.hops);
    const isLast = node - slot * size.hops === slots.hopCount[slot]! - 1;
    if (isLast) arrive(slot, atS);
    else servers.enqueue(node + 1, atS);
    servers.serveNext(resource, atS);
  }

  /** Under the lock. @returns the time that it is now for the net: never before what is served */
  function serveUntil(toS: number): number {
    for (let slot = 0; slot < size.slots; slot++)
      if (slots.live[slot] === slotStates.flowing) enter(slot, clock[0]!);
    for (let first = due.first(); first !== -1 && r.dueS[first]! <= toS; first = due.first())
      serve(first, r.dueS[first]!);
    return (clock[0] = Math.max(clock[0]!, toS));
  }

  const nextDueS = () => (due.first() === -1 ? Infinity : r.dueS[due.first()]!);

  function locked<T>(act: () => T): T {
    lock.acquire();
    try {
      return act();
    } finally {
      lock.release();
    }
  }

  function place(slot: number, { blocks, lastMB, capMBps, uses }: PacedFlow, atS: number): void {
    const way = [{ resource: capOf(slot), perMB: 1 }, ...uses];
    if (way.length > size.hops) throw new Error(`a way of ${way.length} resources, room for ${size.hops}`);
    r.capacity[capOf(slot)] = Math.min(capMBps, mostMBps);
    slots.hopCount[slot] = way.length;
    slots.blocks[slot] = blocks;
    slots.lastMB[slot] = lastMB;
    for (const column of [slots.entered, slots.arrived, slots.written]) Atomics.store(column, slot, 0);
    slots.live[slot] = slotStates.flowing;
    for (const [hop, { resource, perMB }] of way.entries()) {
      const node = slot * size.hops + hop;
      nodes.resource[node] = resource;
      nodes.perMB[node] = perMB;
      nodes.queued[node] = 0;
      nodes.passed[node] = 0;
      servers.change(resource, atS, () => r.flowsOn[resource]!++);
    }
    enter(slot, atS);
  }

  const arrivedMB = (slot: number) => movedMB(columns, slot, Atomics.load(slots.arrived, slot));

  const shaped: Pacer = {
    setResource(resource, { capacity, efficiency }) {
      r.capacity[resource] = capacity;
      writeLoss(r, resource, efficiency);
    },
    setCapacity: (resource, capacity, atS) =>
      locked(() => servers.change(resource, serveUntil(atS), () => (r.capacity[resource] = capacity))),
    open: (flow, atS) =>
      locked(() => {
        const slot = freeSlot(columns);
        place(slot, flow, serveUntil(atS));
        return slot;
      }),
    setCap: (slot, capMBps, atS) =>
      locked(() => {
        const cap = capOf(slot);
        servers.change(cap, serveUntil(atS), () => (r.capacity[cap] = Math.min(capMBps, mostMBps)));
      }),
    close: (slot, atS) =>
      locked(() => {
        const nowS = serveUntil(atS);
        if (slots.live[slot] === slotStates.flowing) {
          for (const node of nodesOf(slot)) servers.clear(node, nowS);
          leave(slot, nowS);
        }
        return arrivedMB(slot);
      }),
    free: (slot) => void (slots.live[slot] = slotStates.free),
    drive(toS) {
      if (!lock.tryAcquire()) return toS;
      try {
        serveUntil(toS);
        return nextDueS();
      } finally {
        lock.release();
      }
    },
    nextS: () => locked(nextDueS),
    arrived: (slot) => Atomics.load(slots.arrived, slot),
    isDone: (slot) => slots.live[slot] === slotStates.done,
    doneS: (slot) => slots.doneS[slot]!,
    movedMB: arrivedMB,
    wrote: (slot) => void Atomics.add(slots.written, slot, 1),
    limiterOf(slot) {
      const queued = nodesOf(slot).map((node) => nodes.queued[node]!);
      const most = queued.indexOf(Math.max(...queued));
      const resource = nodes.resource[slot * size.hops + most]!;
      return most <= 0 || resource >= size.resources ? null : resource;
    },
  };
  return size.isShaped ? shaped : { ...shaped, ...unshapedFlows(columns, locked) };
}
