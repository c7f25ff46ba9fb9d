import type { Id } from '../../model/facts.ts';
import type { Night } from '../../model/night.ts';
import type { UnitPath } from './paths.ts';
import type { PoolBound } from './pool.ts';

export type BoundName =
  'vm' | 'device' | 'store' | 'servers' | 'proxies' | 'links' | 'agents' | 'storage' | 'streams';

export interface Bound {
  readonly name: BoundName;
  /** in words, as "VM sql-17 alone" */
  readonly what: string;
  readonly seconds: number;
}

/** Why the paths of a night cannot all be done sooner. Seconds are of the night's clock. */
export type Argument = (night: Night, paths: readonly UnitPath[]) => readonly Bound[];

/** The longest of the pools that were found, the first of equal ones. */
export function longestPool(
  pools: readonly (PoolBound | null)[],
  name: BoundName,
  wordsOf: (members: readonly Id[]) => string,
): Bound[] {
  const longest = pools.reduce<PoolBound | null>(
    (most, p) => (p !== null && (most === null || p.seconds > most.seconds) ? p : most),
    null,
  );
  return longest === null ? [] : [{ name, what: wordsOf(longest.members), seconds: longest.seconds }];
}

/** "all media agents", "proxies proxy-1, proxy-4", "5 of 12 proxies". */
export function nameGroup(plural: string, ids: readonly Id[], names: readonly string[]): string {
  if (ids.length === names.length && ids.length > 1) return `all ${plural}`;
  if (ids.length > 3) return `${ids.length} of ${names.length} ${plural}`;
  return `${plural} ${ids.map((id) => names[id]!).join(', ')}`;
}

export const namesOf = (list: readonly { readonly name: string }[]): string[] => list.map((e) => e.name);
