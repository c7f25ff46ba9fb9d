import type { Id, JobFacts, UnitFacts } from '../../harness/model/facts.ts';
import type { PriorityListParams } from './params.ts';

/**
 * The priority list: fewest eligible proxies first, then the largest storage, then document order. Every eligible proxy
 * counts, in service or not.
 *
 * Source: S:474-480; `rank` S:540-542.
 */
export function orderUnits(
  units: readonly Id[],
  proxyCount: (unit: UnitFacts) => number,
  { job, params }: { job: JobFacts; params: PriorityListParams },
): Id[] {
  const sizeMB = (u: UnitFacts) => (params.size === 'allocated' ? u.allocatedMB : u.toMoveMB); // A25
  const ranks: Record<PriorityListParams['rank'], ((u: UnitFacts) => number) | null> = {
    none: null,
    'san-first': (u) => (job.candidates(u.reach, 1).length > 0 ? 0 : 1),
    'largest-first': (u) => -sizeMB(u),
  };
  const rank = ranks[params.rank];
  const rules = rank === null ? [] : [rank];
  if (params.order) rules.push(proxyCount); // S:474
  if (params.tieBreak) rules.push((u) => -sizeMB(u)); // S:480
  const keys = rules.map((key) => new Float64Array(units.length).map((_, i) => key(job.units[units[i]!]!)));

  // places among those given, which come in document order
  const places = Uint32Array.from(units.keys());
  places.sort((a, b) => {
    for (const key of keys) if (key[a] !== key[b]) return key[a]! - key[b]!;
    return a - b;
  });
  return Array.from(places, (place) => units[place]!);
}
