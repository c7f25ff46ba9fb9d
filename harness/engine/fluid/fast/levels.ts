import { efficiencyOf } from '../../../attempt/efficiency.ts';
import { grown } from '../../../kit/grown.ts';
import type { Efficiency, ResourceSpec } from '../solver.ts';
import { Clocks } from './clocks.ts';
import { Edges } from './edges.ts';
import { FlowStore } from './flow-store.ts';
import { IdHeap } from './id-heap.ts';

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
 * watched resources: what is not watched cannot fill (see guards.ts). Marks are counts of their limiter (see clocks.ts), or
 * dates where a flow runs at its cap.
 */
export class Levels extends Clocks {
  readonly flows = new FlowStore();
  readonly edges = new Edges();

  // by resource
  private readonly efficiency: Efficiency[] = [];
  /** as set, and with the flows that are on it now */
  base = new Float64Array(16);
  capacity = new Float64Array(16);
  own = new Float64Array(16);
  others = new Float64Array(16);
  /** whether the capacity is the same for any number of flows */
  private isFixed = new Uint8Array(16);
  isWatched = new Uint8Array(16);
  /** nobody's pace among those that it limits is lower; nobody's that it does not limit, but runs at its cap, higher */
  leastPace = new Float64Array(16);
  mostPace = new Float64Array(16);
  /** changes of `others` since it was last summed up afresh */
  drift = new Int32Array(16);
  /** whose equation may be broken, by about where their level will be */
  readonly queue = new IdHeap();
  greatestPace: number;
  /** changes of level passed on to another resource so far */
  pushes = 0;

  // by slot
  limiter = new Int32Array(16);
  /** slots that were given a limiter since somebody last asked, each once */
  readonly relimited: number[] = [];
  isRelimited = new Uint8Array(16);
  /** the cap, or where there is none what the narrowest resource, `paceBy`, would give a flow alone; -1 = a cap */
  pace = new Float64Array(16);
  paceBy = new Int32Array(16);
  /** at its own cap: what was left at fromS */
  private restMB = new Float64Array(16);
  private fromS = new Float64Array(16);
  // by use
  private edgeOf = new Int32Array(64);

  constructor() {
    super();
    // as nowS
    this.greatestPace = 0.5;
    this.greatestPace = 0;
    this.marks.addHeap();
    this.flows.onWiden = (spread) => (this.edgeOf = spread(this.edgeOf, (edge) => edge));
  }

  addResource({ capacity, efficiency }: ResourceSpec): number {
    const r = this.flows.addResource();
    this.efficiency.push(efficiency);
    this.marks.addHeap();
    if (r === this.base.length) this.fitResources(r + 1);
    if (efficiency.kind === 'none') this.isFixed[r] = 1;
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
    this.isRelimited = grown(this.isRelimited, count);
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

  /** after the number of flows on it changed */
  recount(r: number): void {
    if (this.isFixed[r] === 0) this.measure(r);
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

  restOf(slot: number): number {
    const limiter = this.limiter[slot]!;
    const restMB =
      limiter < 0
        ? this.restMB[slot]! - this.pace[slot]! * (this.nowS - this.fromS[slot]!)
        : this.marks.mark[slot]! - this.servedOf(limiter);
    return restMB > 0 ? restMB : 0;
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
    if (this.isRelimited[slot] === 0) {
      this.isRelimited[slot] = 1;
      this.relimited.push(slot);
    }
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
    const { queue } = this;
    const drifted = ++this.drift[r]!;
    if (this.level[r]! < Infinity) {
      if (queue.place[r] === 0) this.enqueue(r);
    } else if (queue.place[r]! > 0 || this.others[r]! > this.capacity[r]! || drifted >= mostDrift)
      // also where it waits already: the more flows, the lower
      this.enqueue(r);
  }

  private enqueue(r: number): void {
    const level = this.level[r]!;
    this.queue.key[r] = level === Infinity ? this.capacity[r]! / this.flows.count[r]! : level;
    this.queue.put(r);
  }

  private fitResources(count: number): void {
    this.edges.fit(count);
    this.queue.fit(count);
    this.fitClocks(count);
    this.base = grown(this.base, count);
    this.capacity = grown(this.capacity, count);
    this.own = grown(this.own, count);
    this.others = grown(this.others, count);
    this.leastPace = grown(this.leastPace, count);
    this.mostPace = grown(this.mostPace, count);
    this.isFixed = grown(this.isFixed, count);
    this.isWatched = grown(this.isWatched, count);
    this.drift = grown(this.drift, count);
  }
}

/** so many changes of a sum are rounded away at 1e-16 each before it is summed up afresh */
export const mostDrift = 4096;
