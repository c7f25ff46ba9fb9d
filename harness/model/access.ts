/**
 * Access modes, best first: how a proxy reaches the disks of a VM. The tier of preference is the place in this list, from 1.
 * Source: S:486-490; the list itself is lost in the source, its four names are those of a claim of US 11,061,714.
 */
export const accessModes = ['san', 'local', 'network', 'complex'] as const;
export type AccessMode = (typeof accessModes)[number];

/** 0 no path, 1 san, 2 local, 3 network, 4 complex. */
export type Tier = 0 | 1 | 2 | 3 | 4;

/** Those that have a mode, best first. */
export const tiers = [1, 2, 3, 4] as const;

export const tierOf = (mode: AccessMode): Tier => (accessModes.indexOf(mode) + 1) as Tier;

/** @throws {RangeError} for tier 0, which has no path and so no mode */
export function modeOf(tier: Tier): AccessMode {
  const mode = accessModes[tier - 1];
  if (mode === undefined) throw new RangeError(`tier ${tier} has no access mode`);
  return mode;
}
