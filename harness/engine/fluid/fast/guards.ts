import { grown } from '../../../kit/grown.ts';
import type { Levels } from './levels.ts';

/**
 * Which resources are watched: those that could fill. A level may rise up to its ceiling without anybody asking, so no flow
 * runs faster than the least of its pace and the ceilings on its way, and no resource carries more than the sum of that,
 * its bound. Where the bound is below the capacity there is no equation to be kept. A level that rises above its
 * ceiling, or falls far below it, moves the ceiling.
 */
export class Guards {
  private readonly levels: Levels;
  // by resource
  private ceiling = new Float64Array(16);
  private bound = new Float64Array(16);
  private drift = new Int32Array(16);
  // by slot
  private most = new Float64Array(16);

  constructor(levels: Levels) {
    this.levels = levels;
  }

  addResource(r: number): void {
    if (r === this.ceiling.length) {
      this.ceiling = grown(this.ceiling, r + 1);
      this.bound = grown(this.bound, r + 1);
      this.drift = grown(this.drift, r + 1);
    }
    this.ceiling[r] = Infinity;
  }

  /** once it is attached */
  add(slot: number): void {
    const { flows } = this.levels;
    if (slot >= this.most.length) this.most = grown(this.most, slot + 1);
    const most = (this.most[slot] = this.mostOf(slot));
    const from = slot << flows.shift;
    const end = from + flows.useCount[slot]!;
    for (let use = from; use < end; use++) {
      const r = flows.resourceOf[use]!;
      this.bound[r]! += flows.perMB[use]! * most;
      this.check(r);
    }
  }

  /** once it is detached, while it is still listed */
  remove(slot: number): void {
    const { flows } = this.levels;
    const most = this.most[slot]!;
    const from = slot << flows.shift;
    const end = from + flows.useCount[slot]!;
    for (let use = from; use < end; use++) this.bound[flows.resourceOf[use]!]! -= flows.perMB[use]! * most;
  }

  /** once it is no longer listed on r */
  release(r: number): void {
    const { levels } = this;
    if (++this.drift[r]! > mostDrift) this.sumUp(r);
    if (levels.flows.count[r] === 0) this.bound[r] = 0;
    if (levels.isWatched[r] === 0 || levels.level[r] !== Infinity) return;
    if (this.bound[r]! < slackShare * levels.capacity[r]!) this.unwatch(r);
  }

  /** after its pace changed */
  reconsider(slot: number): void {
    const most = this.mostOf(slot);
    const delta = most - this.most[slot]!;
    if (delta === 0) return;
    this.most[slot] = most;
    const { flows } = this.levels;
    const from = slot << flows.shift;
    const end = from + flows.useCount[slot]!;
    for (let use = from; use < end; use++) {
      const r = flows.resourceOf[use]!;
      this.bound[r]! += flows.perMB[use]! * delta;
      if (delta > 0) this.check(r);
    }
  }

  check(r: number): void {
    const { levels } = this;
    if (levels.isWatched[r] === 1 || this.bound[r]! <= fullShare * levels.capacity[r]!) return;
    this.watch(r);
  }

  /** after its level changed */
  follow(r: number): void {
    const level = this.levels.level[r]!;
    const ceiling = this.ceiling[r]!;
    if (level <= ceiling && (ceiling === Infinity ? level === Infinity : level * tooHigh >= ceiling)) return;
    const raised = level * headroom;
    this.ceiling[r] = raised;
    const { most } = this;
    const { head, nextOn, shift } = this.levels.flows;
    for (let use = head[r]!; use >= 0; use = nextOn[use]!) {
      const slot = use >> shift;
      // For all others something else gives the least, as before.
      if (most[slot] === ceiling || most[slot]! > raised) this.reconsider(slot);
    }
  }

  private mostOf(slot: number): number {
    const { flows, pace } = this.levels;
    const from = slot << flows.shift;
    const end = from + flows.useCount[slot]!;
    let most = pace[slot]!;
    for (let use = from; use < end; use++) {
      const ceiling = this.ceiling[flows.resourceOf[use]!]!;
      if (ceiling < most) most = ceiling;
    }
    return most;
  }

  private sumUp(r: number): void {
    const { head, nextOn, perMB, shift } = this.levels.flows;
    let bound = 0;
    for (let use = head[r]!; use >= 0; use = nextOn[use]!) bound += perMB[use]! * this.most[use >> shift]!;
    this.bound[r] = bound;
    this.drift[r] = 0;
  }

  private watch(r: number): void {
    const { levels } = this;
    const { head, nextOn, shift } = levels.flows;
    levels.isWatched[r] = 1;
    levels.own[r] = levels.others[r] = levels.mostPace[r] = 0;
    for (let use = head[r]!; use >= 0; use = nextOn[use]!) {
      const slot = use >> shift;
      levels.book(use, levels.limiter[slot]!, levels.rateOf(slot));
    }
  }

  private unwatch(r: number): void {
    const { levels } = this;
    const { head, nextOn, shift } = levels.flows;
    for (let use = head[r]!; use >= 0; use = nextOn[use]!) {
      const slot = use >> shift;
      levels.unbook(use, levels.limiter[slot]!, levels.rateOf(slot));
    }
    levels.isWatched[r] = 0;
  }
}

const headroom = 1.1;
/** a ceiling so many times above its level comes down */
const tooHigh = 1.5;
/** not quite 1: bounds are sums that have been added to and subtracted from */
const fullShare = 1 - 1e-9;
/** well below, so that nobody is watched on and off */
const slackShare = 0.95;
const mostDrift = 4096;
