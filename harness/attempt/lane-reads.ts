import type { Order } from '../model/executor.ts';
import type { AttemptFault } from '../model/night.ts';
import type { LaneRead } from './attempt.ts';

/** A read of a lane. A fault strikes the first lane at its share of the bytes, which are then read twice. */
export function laneRead(order: Order, fault: AttemptFault | null, lane: number, place: number): LaneRead {
  const reads = order.lanes[lane]!;
  const { device, sizeMB } = reads[place]!;
  if (lane > 0 || fault?.phase !== 'transfer') return { lane, place, device, sizeMB, fails: false };
  const faultAtMB = fault.atShare * reads.reduce((sum, read) => sum + read.sizeMB, 0);
  let beforeMB = 0;
  for (let n = 0; n < place; n++) beforeMB += reads[n]!.sizeMB;
  const leftMB = Math.max(0, faultAtMB - beforeMB);
  const fails = faultAtMB <= beforeMB + sizeMB;
  return { lane, place, device, sizeMB: fails ? Math.min(sizeMB, leftMB) : sizeMB, fails };
}
