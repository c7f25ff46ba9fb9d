import type { HashPart } from '../kit/hash.ts';
import { drawNormal, drawUniform } from '../kit/rng.ts';

/** One stream of chance per concern: a draw more in one shifts nothing in another. */
export type Concern =
  'sizes' | 'disks' | 'usage' | 'change' | 'placement' | 'stores' | 'proxies' | 'attributes';

/** Draws of a cluster seed, by stable key and not by order: a VM is the same in every family and at every size. */
export interface Draws {
  /** in [0, 1) */
  uniform(concern: Concern, what: string, key: HashPart): number;
  normal(concern: Concern, what: string, key: HashPart): number;
}

export const createDraws = (clusterSeed: number): Draws => ({
  uniform: (concern, what, key) => drawUniform([clusterSeed, concern, what, key]),
  normal: (concern, what, key) => drawNormal([clusterSeed, concern, what, key]),
});

/** The place in a list of weights at which a uniform number falls. */
export function pickWeighted(weights: readonly number[], u: number): number {
  let rest = u * weights.reduce((sum, w) => sum + w, 0);
  for (const [place, weight] of weights.entries()) {
    if (rest < weight) return place;
    rest -= weight;
  }
  return weights.length - 1;
}
