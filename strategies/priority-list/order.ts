import type { JobFacts, UnitFacts } from '../../harness/model/facts.ts';
import type { PriorityListParams } from './params.ts';

/**
 * The priority list: fewest eligible proxies first, then the largest storage, then document order. Every eligible proxy
 * counts, in service or not.
 *
 * Source: S:474-480; `rank` S:540-542.
 */
export function orderUnits(
  units: readonly UnitFacts[],
  proxyCount: (unit: UnitFacts) => number,
  { job, params }: { job: JobFacts; params: PriorityListParams },
): UnitFacts[] {
  const sizeMB = (u: UnitFacts) => (params.size === 'allocated' ? u.allocatedMB : u.toMoveMB); // A25
  const ranks: Record<PriorityListParams['rank'], (u: UnitFacts) => number> = {
    none: () => 0,
    'san-first': (u) => (job.candidates(u.reach, 1).length > 0 ? 0 : 1),
    'largest-first': (u) => -sizeMB(u),
  };
  const keys = [ranks[params.rank]];
  if (params.order) keys.push(proxyCount); // S:474
  if (params.tieBreak) keys.push((u) => -sizeMB(u)); // S:480
  const entries = units.map((unit) => ({ unit, by: keys.map((key) => key(unit)) }));
  return entries.toSorted((a, b) => difference(a.by, b.by) || a.unit.id - b.unit.id).map((e) => e.unit);
}

function difference(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}
