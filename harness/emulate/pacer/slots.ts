import { slotStates, type PacerColumns } from './layout.ts';

/** @throws {Error} where all are taken */
export function freeSlot({ slots, size }: PacerColumns): number {
  const slot = slots.live.indexOf(slotStates.free);
  if (slot === -1) throw new Error(`more than ${size.slots} flows at one time`);
  return slot;
}

/** MB that so many blocks of a flow hold: the last one may be a short one. */
export const movedMB = ({ slots, size }: PacerColumns, slot: number, blocks: number): number =>
  blocks === slots.blocks[slot] ? (blocks - 1) * size.blockMB + slots.lastMB[slot]! : blocks * size.blockMB;
