import type { Efficiency } from './flows.ts';

/** @returns what is left of a capacity with n >= 1 flows on it, in [0, 1] */
export function efficiencyOf(efficiency: Efficiency, n: number): number {
  if (efficiency.kind === 'none') return 1;
  if (efficiency.kind === 'loss')
    return Math.max(efficiency.efficiencyFloor, 1 / (1 + efficiency.lossPerStream * (n - 1)));
  return n <= efficiency.comfortable ? 1 : Math.max(efficiency.floor, efficiency.comfortable / n);
}
