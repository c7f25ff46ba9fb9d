import { efficiencyOf } from '../../../attempt/efficiency.ts';
import { grown } from '../grown.ts';
import type { Efficiency, ResourceSpec } from '../solver.ts';
import { Edges } from './edges.ts';
import { FlowStore } from './flow-store.ts';
import { IdHeap } from './id-heap.ts';
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
  nowS: number;
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
  private isUndated = new Uint8Array(16);
  /** whose equation may be broken, by about where their level will be */
  readonly queue = new IdHeap();
  /** by when the first flow that they limit ends; whose first end may have moved is listed until it is dated again */
  readonly dates = new IdHeap();
  readonly undated: number[] = [];
  /** the least above 0 that any level has been, and the greatest pace */
  leastLevel = Infinity;
  greatestPace: number;
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
    // A field that once held a fraction is one for ever: no code that has been compiled for whole numbers is thrown away.
    this.nowS = this.greatestPace = 0.5;
    this.nowS = this.greatestPace = 0;
    this.marks.addHeap();
    this.flows.onWiden = (spread) => (this.edgeOf = spread(this.edgeOf, (edge) => edge));
  }

  addResource({ capacity, efficiency }: ResourceSpec): number {
    const r = this.flows.addResource();
    this.efficiency.push(efficiency);
    this.marks.addHeap();
    if (r === this.base.length) this.fitResources(r + 1);
    this.base[r] = this.capacity[r] = capacity;
    this.level[r] = Infinity;
    this.leastPace[r] = Infinity;
    return r;
  }

  fitSlots(count: number): void {
    if (this.edgeOf.length < this.flows.resourceOf.length)
      this.edgeOf = grown(this.edgeOf, this.flows.resourceOf.length);
    if (count <= this.limiter.length) return;
    this.marks.fit(count);
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

  /** Notes when the first flow that it limits will have finished. */
  date(r: number): void {
    const { dates } = this;
    const slot = this.marks.first(r + 1);
    let endS = Infinity;
    if (slot >= 0) {
      const level = this.level[r]!;
      const restMB = this.marks.mark[slot]! - this.servedOf(r);
      if (restMB <= 0) endS = this.nowS;
      else if (level > 0) endS = this.nowS + restMB / level;
    }
    dates.key[r] = endS;
    dates.put(r);
  }

  setLevel(r: number, to: number): void {
    const { level, sinceS } = this;
    const from = level[r]!;
    if (from < Infinity) this.served[r]! += from * (this.nowS - sinceS[r]!);
    sinceS[r] = this.nowS;
    level[r] = to;
    if (to < this.leastLevel && to > 0) this.leastLevel = to;
    this.undate(r);
  }

  /**
   * Moves the level, and with it all that it limits.
   *
   * @returns whether no level on the ways of what it limits is lower: else some of it has to change limiter
   */
  shift(r: number, to: number): boolean {
    const { level, others, capacity, drift, queue } = this;
    const { firstOut, weight, to: target, nextOut } = this.edges;
    const delta = to - level[r]!;
    let isLeast = true;
    let pushes = 0;
    this.setLevel(r, to);
    for (let edge = firstOut[r]!; edge >= 0; edge = nextOut[edge]!) {
      const q = target[edge]!;
      const sum = others[q]! + weight[edge]! * delta;
      others[q] = sum;
      if (level[q]! < to) isLeast = false;
      // as in `touch`, written out because most of the time goes here
      const drifted = ++drift[q]!;
      if (queue.place[q] === 0 && (level[q]! < Infinity || sum > capacity[q]! || drifted >= mostDrift))
        this.enqueue(q);
      pushes++;
    }
    this.pushes += pushes;
    return isLeast;
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
    if (this.queue.place[r]! > 0) return;
    if (this.level[r] === Infinity && this.others[r]! <= this.capacity[r]! && this.drift[r]! < mostDrift)
      return;
    this.enqueue(r);
  }

  private enqueue(r: number): void {
    const level = this.level[r]!;
    this.queue.key[r] = level === Infinity ? this.capacity[r]! / this.flows.count[r]! : level;
    this.queue.put(r);
  }

  /** Dates all that have to be. */
  dateAll(): void {
    const { undated } = this;
    for (let i = 0; i < undated.length; i++) {
      const r = undated[i]!;
      this.isUndated[r] = 0;
      this.date(r);
    }
    undated.length = 0;
  }

  private undate(r: number): void {
    if (this.isUndated[r] === 1) return;
    this.isUndated[r] = 1;
    this.undated.push(r);
  }

  private fitResources(count: number): void {
    this.edges.fit(count);
    this.queue.fit(count);
    this.dates.fit(count);
    this.base = grown(this.base, count);
    this.capacity = grown(this.capacity, count);
    this.level = grown(this.level, count);
    this.own = grown(this.own, count);
    this.others = grown(this.others, count);
    this.served = grown(this.served, count);
    this.sinceS = grown(this.sinceS, count);
    this.leastPace = grown(this.leastPace, count);
    this.mostPace = grown(this.mostPace, count);
    this.isWatched = grown(this.isWatched, count);
    this.isUndated = grown(this.isUndated, count);
    this.drift = grown(this.drift, count);
  }
}

/** so many changes of a sum are rounded away at 1e-16 each before it is summed up afresh */
export const mostDrift = 4096;
