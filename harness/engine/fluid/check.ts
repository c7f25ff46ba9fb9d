import { efficiencyOf } from '../../attempt/efficiency.ts';
import type { FlowSpec, ResourceSpec } from './solver.ts';

export interface RatedFlow extends Pick<FlowSpec, 'capMBps' | 'uses'> {
  readonly rateMBps: number;
}

/**
 * How far an allocation is from max-min fair, from scratch: nothing may be above its capacity or its cap, and every flow
 * is at its cap or crosses a full resource on which nobody is faster. That is the case for exactly one allocation.
 *
 * @param flows every resource at most once in `uses`
 * @returns the worst relative error; 0 = max-min fair to the last digit
 */
export function worstUnfairness(resources: readonly ResourceSpec[], flows: readonly RatedFlow[]): number {
  const load = new Float64Array(resources.length);
  const fastest = new Float64Array(resources.length);
  const count = new Int32Array(resources.length);
  for (const { rateMBps, uses } of flows)
    for (const { resource, perMB } of uses) {
      load[resource]! += perMB * rateMBps;
      fastest[resource] = Math.max(fastest[resource]!, rateMBps);
      count[resource]!++;
    }
  const capacity = resources.map((spec, r) =>
    count[r] === 0 ? spec.capacity : spec.capacity * efficiencyOf(spec.efficiency, count[r]!),
  );
  let worst = 0;
  for (const [r, most] of capacity.entries()) worst = Math.max(worst, shortfall(most, load[r]!));
  for (const { capMBps, rateMBps, uses } of flows) {
    let held = capMBps === Infinity ? Infinity : shortfall(rateMBps, capMBps);
    for (const { resource: r } of uses)
      held = Math.min(held, Math.max(shortfall(load[r]!, capacity[r]!), shortfall(rateMBps, fastest[r]!)));
    worst = Math.max(worst, held, shortfall(capMBps, rateMBps), rateMBps >= 0 ? 0 : Infinity);
  }
  return worst;
}

/** @returns by how much of y x falls short of it */
const shortfall = (x: number, y: number): number => (x >= y ? 0 : (y - x) / y);
