import { drawNormal, drawUniform } from '../kit/rng.ts';

// What the night seed draws beside faults, by stable keys: the same for every strategy (night.md N9, N10).

/**
 * Changed data of a disk in this night, whole MB: a day's change times a log-normal factor of median 1 (N23: rounded).
 */
export function changedMB(
  disk: { usedMB: number; dailyChange: number },
  sigma: number,
  key: readonly (string | number)[],
): number {
  const planned = disk.usedMB * disk.dailyChange;
  if (sigma === 0) return planned;
  return Math.min(disk.usedMB, Math.round(planned * Math.exp(sigma * drawNormal(key))));
}

/** Factor on the production load of a device, in thousandths, from 1 - spread to 1 + spread. */
export function productionFactor(spread: number, key: readonly (string | number)[]): number {
  return spread === 0 ? 1 : Math.round(1000 * (1 + spread * (2 * drawUniform(key) - 1))) / 1000;
}
