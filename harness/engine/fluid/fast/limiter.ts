import { ownCap, type Levels } from './levels.ts';

/** @returns what gives the least on its way, caps first, then the lowest id */
export function findLimiter({ level, pace, flows }: Levels, slot: number): number {
  const { resourceOf } = flows;
  let least = pace[slot]!;
  let limiter = ownCap;
  const from = slot << flows.shift;
  const end = from + flows.useCount[slot]!;
  for (let use = from; use < end; use++) {
    const r = resourceOf[use]!;
    if (level[r]! < least || (level[r] === least && limiter > r)) {
      least = level[r]!;
      limiter = r;
    }
  }
  return limiter;
}

/**
 * What holds a flow at its rate. Where several do alike, within rounding, it is the cap, else the resource with the lowest
 * id, whichever of them the solving happened to leave it with.
 *
 * @returns null = its own cap
 */
export function limiterAmongEquals(levels: Levels, slot: number): number | null {
  const { flows, limiter, paceBy } = levels;
  const rate = levels.rateOf(slot) * (1 + tie);
  if (flows.cap[slot]! <= rate) return null;
  let lowest = limiter[slot] === ownCap ? paceBy[slot]! : limiter[slot]!;
  const from = slot << flows.shift;
  for (let use = from; use < from + flows.useCount[slot]!; use++) {
    const r = flows.resourceOf[use]!;
    if (r < lowest && holds(levels, r, rate)) lowest = r;
  }
  return lowest;
}

function holds(levels: Levels, r: number, rate: number): boolean {
  const level = levels.level[r]!;
  if (level < Infinity) return level <= rate;
  // What is not watched is not full, but for what has no capacity at all.
  if (levels.isWatched[r] === 0) return levels.capacity[r] === 0;
  if (levels.others[r]! < levels.capacity[r]! * (1 - tie)) return false;
  const { head, nextOn, shift } = levels.flows;
  for (let use = head[r]!; use >= 0; use = nextOn[use]!) if (levels.rateOf(use >> shift) > rate) return false;
  return true;
}

const tie = 1e-12;
