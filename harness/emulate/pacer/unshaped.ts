import { slotStates, type PacerColumns } from './layout.ts';
import type { Pacer } from './pacer.ts';
import { freeSlot, movedMB } from './slots.ts';

/** Nothing is held back: every block is there when its flow is opened, and counts once its agent has written it. */
export function unshapedFlows(
  columns: PacerColumns,
  locked: <T>(act: () => T) => T,
): Pick<Pacer, 'open' | 'close' | 'setCap' | 'setCapacity' | 'movedMB'> {
  const { slots } = columns;
  const writtenMB = (slot: number) => movedMB(columns, slot, Atomics.load(slots.written, slot));
  return {
    setCapacity() {},
    setCap() {},
    open: ({ blocks, lastMB }) =>
      locked(() => {
        const slot = freeSlot(columns);
        slots.blocks[slot] = blocks;
        slots.lastMB[slot] = lastMB;
        Atomics.store(slots.written, slot, 0);
        Atomics.store(slots.arrived, slot, blocks);
        slots.live[slot] = slotStates.done;
        return slot;
      }),
    close: writtenMB,
    movedMB: writtenMB,
  };
}
