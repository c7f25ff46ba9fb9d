import { efficiencyOf } from '../../attempt/efficiency.ts';
import type { Efficiency } from '../../attempt/flows.ts';
import type { ResourceColumns } from './layout.ts';

// An `Efficiency` as three numbers in shared memory.

const kinds = ['none', 'loss', 'comfort'] as const;

export function writeLoss(r: ResourceColumns, resource: number, efficiency: Efficiency): void {
  const [a, b] = numbersOf(efficiency);
  r.lossKind[resource] = kinds.indexOf(efficiency.kind);
  r.lossA[resource] = a;
  r.lossB[resource] = b;
}

/** @returns what the resource serves now, in its own unit per second */
export function rateNow(r: ResourceColumns, resource: number): number {
  const n = r.flowsOn[resource]!;
  const capacity = r.capacity[resource]!;
  return r.lossKind[resource] === 0 || n <= 1 ? capacity : capacity * efficiencyOf(readLoss(r, resource), n);
}

function numbersOf(efficiency: Efficiency): readonly [number, number] {
  if (efficiency.kind === 'none') return [0, 0];
  if (efficiency.kind === 'loss') return [efficiency.lossPerStream, efficiency.efficiencyFloor];
  return [efficiency.comfortable, efficiency.floor];
}

function readLoss(r: ResourceColumns, resource: number): Efficiency {
  const [a, b] = [r.lossA[resource]!, r.lossB[resource]!];
  return kinds[r.lossKind[resource]!] === 'loss'
    ? { kind: 'loss', lossPerStream: a, efficiencyFloor: b }
    : { kind: 'comfort', comfortable: a, floor: b };
}
