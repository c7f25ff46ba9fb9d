import { efficiencyOf } from '../../../attempt/efficiency.ts';
import { grown } from '../grown.ts';
import type { Efficiency, ResourceSpec } from '../solver.ts';
import { BrokenQueue } from './broken-queue.ts';
import { Edges } from './edges.ts';
import { FlowStore } from './flow-store.ts';
import { Marks } from './marks.ts';

/** a flow's limiter where that is its own cap; heap 0 */
export const ownCap = -1;

/**
 * Levels and what hangs on them. Every resource has a level: the rate at which it holds flows, Infinity where it holds none.
 * A flow runs at the least of its pace (its cap) and the levels on its way; whichever gives the least is its limiter. That
 * is so at every moment, also between solves. Rates are max-min fair when besides, for every resource,
 *
 *     own * level + others = capacity,   or   level = Infinity and others <= capacity
 *
 * where `own` sums perMB over the flows that it limits, and `others` perMB * rate over all else on it. Both are kept only of
 * watched resources: what is not watched cannot fill (see guards.ts).
 *
 * All flows of a resource run at its level, so it keeps one service counter (MB per flow so far), and each flow the
 * count at which it will have finished, its mark: a change of level moves no flow. At its own cap a flow's mark is a date.
 */
export class Levels {
  nowS = 0;
  readonly flows = new FlowStore();
  readonly edges = new Edges();
  readonly marks = new Marks();

  // by resource
  private readonly efficiency: Efficiency[] = [];
  /** as set, and with the flows that are on it now */
  base = new Float64Array(16);
  capacity = new Float64Array(16);
  level = new Float64Array(16);
  own = new Float64Array(16);
  others = new Float64Array(16);
  private served = new Float64Array(16);
  private sinceS = new Float64Array(16);
  isWatched = new Uint8Array(16);
  /** nobody's pace among those that it limits is lower; nobody's that it does not limit, but runs at its cap, higher */
  leastPace = new Float64Array(16);
  mostPace = new Float64Array(16);
  /** changes of `others` since it was last summed up afresh */
  drift = new Int32Array(16);
  private isQueued = new Uint8Array(16);
  private isDated = new Uint8Array(16);
  /** whose equation may be broken; whose first finish may have moved: both lists stay small and are emptied by others */
  readonly queue = new BrokenQueue();
  readonly undated: number[] = [];
  /** the least above 0 that any level has been, and the greatest pace */
  leastLevel = Infinity;
  greatestPace = 0;
  /** changes of level passed on to another resource so far */
  pushes = 0;

  // by slot
  limiter = new Int32Array(16);
  /** the cap, or where there is none what the narrowest resource, `paceBy`, would give a flow alone; -1 = a cap */
  pace = new Float64Array(16);
  paceBy = new Int32Array(16);
  /** at its own cap: what was left at fromS */
  private restMB = new Float64Array(16);
  private fromS = new Float64Array(16);
  // by use
  private edgeOf = new Int32Array(64);

  constructor() {
    this.marks.addHeap();
    this.flows.onWiden = (spread) => (this.edgeOf = spread(this.edgeOf, (edge) => edge));
  }

  addResource({ capacity, efficiency }: ResourceSpec): number {
    const r = this.flows.addResource();
    this.efficiency.push(efficiency);
    this.marks.addHeap();
    this.edges.fit(r + 1);
    this.fitResources(r + 1);
    this.base[r] = this.capacity[r] = capacity;
    this.level[r] = Infinity;
    this.leastPace[r] = Infinity;
    return r;
  }

  fitSlots(count: number): void {
    this.marks.fit(count);
    this.edgeOf = grown(this.edgeOf, this.flows.resourceOf.length);
    if (count <= this.limiter.length) return;
    this.limiter = grown(this.limiter, count);
    this.pace = grown(this.pace, count);
    this.paceBy = grown(this.paceBy, count);
    this.restMB = grown(this.restMB, count);
    this.fromS = grown(this.fromS, count);
  }

  /** the capacity that n flows find */
  capacityWith(r: number, n: number): number {
    const efficiency = this.efficiency[r]!;
    return efficiency.kind === 'none' || n === 0
      ? this.base[r]!
      : this.base[r]! * efficiencyOf(efficiency, n);
  }

  /** after the number of flows on it, or `base`, changed */
  measure(r: number): void {
    this.capacity[r] = this.capacityWith(r, this.flows.count[r]!);
    if (this.isWatched[r] === 1) this.touch(r);
  }

  rateOf(slot: number): number {
    const limiter = this.limiter[slot]!;
    return limiter < 0 ? this.pace[slot]! : this.level[limiter]!;
  }

  servedOf(r: number): number {
    const level = this.level[r]!;
    return level === Infinity ? this.served[r]! : this.served[r]! + level * (this.nowS - this.sinceS[r]!);
  }

  restOf(slot: number): number {
    const limiter = this.limiter[slot]!;
    const restMB =
      limiter < 0
        ? this.restMB[slot]! - this.pace[slot]! * (this.nowS - this.fromS[slot]!)
        : this.marks.mark[slot]! - this.servedOf(limiter);
    return restMB > 0 ? restMB : 0;
  }

  /** @returns when the first flow that it limits will have finished */
  firstEndS(r: number): number {
    const slot = this.marks.first(r + 1);
    if (slot < 0) return Infinity;
    const restMB = this.marks.mark[slot]! - this.servedOf(r);
    if (restMB <= 0) return this.nowS;
    return this.level[r] === 0 ? Infinity : this.nowS + restMB / this.level[r]!;
  }

  setLevel(r: number, level: number): void {
    this.served[r] = this.servedOf(r);
    this.sinceS[r] = this.nowS;
    this.level[r] = level;
    if (level < this.leastLevel && level > 0) this.leastLevel = level;
    this.undate(r);
  }

  /**
   * Moves the level, and with it all that it limits.
   *
   * @returns the least level on the ways of what it limits: where that is lower, some of it has to change limiter
   */
  shift(r: number, level: number): number {
    const { others, edges } = this;
    const { weight, to, nextOut } = edges;
    const delta = level - this.level[r]!;
    let least = Infinity;
    let pushes = 0;
    this.setLevel(r, level);
    for (let edge = edges.firstOut[r]!; edge >= 0; edge = nextOut[edge]!) {
      const q = to[edge]!;
      others[q]! += weight[edge]! * delta;
      if (this.level[q]! < least) least = this.level[q]!;
      this.touch(q);
      pushes++;
    }
    this.pushes += pushes;
    return least;
  }

  /** the least on its way, caps first, then the lowest id */
  findLimiter(slot: number): number {
    const { level } = this;
    const { resourceOf } = this.flows;
    let least = this.pace[slot]!;
    let limiter = ownCap;
    const from = slot << this.flows.shift;
    const end = from + this.flows.useCount[slot]!;
    for (let use = from; use < end; use++) {
      const r = resourceOf[use]!;
      if (level[r]! < least || (level[r] === least && limiter > r)) {
        least = level[r]!;
        limiter = r;
      }
    }
    return limiter;
  }

  attach(slot: number, limiter: number, restMB: number): void {
    this.limiter[slot] = limiter;
    const pace = this.pace[slot]!;
    const rate = limiter < 0 ? pace : this.level[limiter]!;
    if (limiter < 0) {
      this.restMB[slot] = restMB;
      this.fromS[slot] = this.nowS;
      const endS = restMB === 0 ? this.nowS : pace === 0 ? Infinity : this.nowS + restMB / pace;
      this.marks.insert(0, slot, endS);
    } else {
      this.marks.insert(limiter + 1, slot, this.servedOf(limiter) + restMB);
      if (this.marks.first(limiter + 1) === slot) this.undate(limiter);
      if (pace < this.leastPace[limiter]!) this.leastPace[limiter] = pace;
    }
    const from = slot << this.flows.shift;
    const end = from + this.flows.useCount[slot]!;
    for (let use = from; use < end; use++)
      if (this.isWatched[this.flows.resourceOf[use]!] === 1) this.book(use, limiter, rate);
  }

  /** A use of a watched resource enters its equation. */
  book(use: number, limiter: number, rate: number): void {
    const r = this.flows.resourceOf[use]!;
    const perMB = this.flows.perMB[use]!;
    if (r === limiter) this.own[r]! += perMB;
    else {
      this.others[r]! += perMB * rate;
      if (limiter >= 0) this.edgeOf[use] = this.edges.add(limiter, r, perMB);
      else if (rate > this.mostPace[r]!) this.mostPace[r] = rate;
    }
    this.touch(r);
  }

  detach(slot: number): void {
    const limiter = this.limiter[slot]!;
    const { marks } = this;
    const rate = this.rateOf(slot);
    const wasFirst = marks.first(limiter + 1) === slot;
    marks.remove(limiter + 1, slot);
    if (limiter >= 0) {
      if (wasFirst) this.undate(limiter);
      if (marks.size[limiter + 1] === 0) {
        // Nobody's mark rests on it: a low count rounds less.
        this.served[limiter] = 0;
        this.sinceS[limiter] = this.nowS;
      }
    }
    const from = slot << this.flows.shift;
    const end = from + this.flows.useCount[slot]!;
    for (let use = from; use < end; use++)
      if (this.isWatched[this.flows.resourceOf[use]!] === 1) this.unbook(use, limiter, rate);
  }

  unbook(use: number, limiter: number, rate: number): void {
    const r = this.flows.resourceOf[use]!;
    const perMB = this.flows.perMB[use]!;
    if (r === limiter) this.own[r]! -= perMB;
    else {
      this.others[r]! -= perMB * rate;
      if (limiter >= 0) this.edges.subtract(this.edgeOf[use]!, perMB);
    }
    this.touch(r);
  }

  /** Gives a flow another limiter. */
  reattach(slot: number, limiter: number): void {
    const restMB = this.restOf(slot);
    this.detach(slot);
    this.attach(slot, limiter, restMB);
  }

  /** Its equation changed. */
  touch(r: number): void {
    this.drift[r]!++;
    if (this.isQueued[r] === 1) return;
    if (this.level[r] === Infinity && this.others[r]! <= this.capacity[r]! && this.drift[r]! < mostDrift)
      return;
    this.isQueued[r] = 1;
    // about where its level will be
    const level = this.level[r]!;
    this.queue.push(r, level === Infinity ? this.capacity[r]! / this.flows.count[r]! : level);
  }

  unqueue(r: number): void {
    this.isQueued[r] = 0;
  }

  dated(r: number): void {
    this.isDated[r] = 0;
  }

  private undate(r: number): void {
    if (this.isDated[r] === 1) return;
    this.isDated[r] = 1;
    this.undated.push(r);
  }

  private fitResources(count: number): void {
    if (count <= this.base.length) return;
    this.base = grown(this.base, count);
    this.capacity = grown(this.capacity, count);
    this.level = grown(this.level, count);
    this.own = grown(this.own, count);
    this.others = grown(this.others, count);
    this.served = grown(this.served, count);
    this.sinceS = grown(this.sinceS, count);
    this.leastPace = grown(this.leastPace, count);
    this.mostPace = grown(this.mostPace, count);
    this.isWatched = longer(this.isWatched, count);
    this.isQueued = longer(this.isQueued, count);
    this.isDated = longer(this.isDated, count);
    this.drift = grown(this.drift, count);
  }
}

/** so many changes of a sum are rounded away at 1e-16 each before it is summed up afresh */
export const mostDrift = 4096;

function longer(array: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(Math.max(count, 2 * array.length));
  copy.set(array);
  return copy;
}
