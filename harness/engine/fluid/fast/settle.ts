import { grown } from '../../../kit/grown.ts';
import type { Guards } from './guards.ts';
import { mostDrift, ownCap, type Levels } from './levels.ts';

/**
 * Solves broken equations, lowest level first, until none is left. Below the lowest broken level nothing can change, so a
 * level that falls there is final; rates then satisfy every equation, which only the max-min fair ones do.
 */
export class Settling {
  solves = 0;
  membersVisited = 0;
  private readonly levels: Levels;
  private readonly guards: Guards;
  // of the members of the resource at hand, while its flows are being placed anew
  private slots = new Int32Array(64);
  private perMB = new Float64Array(64);
  /** what they would run at without it, and what would hold them there */
  private rest = new Float64Array(64);
  private restBy = new Int32Array(64);

  constructor(levels: Levels, guards: Guards) {
    this.levels = levels;
    this.guards = guards;
  }

  run(): void {
    const { levels, guards } = this;
    const { queue } = levels;
    const most = this.solves + 1e7;
    do {
      while (queue.length > 0) this.solve(queue.pop());
      if (this.solves > most) throw new Error('the levels of resources do not settle');
      // What a newly watched resource breaks may move levels again that have been followed before.
      for (let i = 0; i < levels.changedCount; i++) guards.follow(levels.changed[i]!);
    } while (queue.length > 0);
  }

  private solve(r: number): void {
    const { levels } = this;
    if (levels.isWatched[r] === 0) return;
    const level = levels.level[r]!;
    if (levels.drift[r]! >= mostDrift) this.placeMembers(r);
    else if (level === Infinity) {
      if (levels.others[r]! > levels.capacity[r]! * (1 + rounding)) this.placeMembers(r);
    } else if (levels.marks.size[r + 1] === 0) {
      levels.setLevel(r, Infinity);
      if (levels.others[r]! > levels.capacity[r]! * (1 + rounding)) this.placeMembers(r);
    } else {
      const room = levels.capacity[r]! - levels.others[r]!;
      const next = room > 0 ? room / levels.own[r]! : 0;
      if (Math.abs(next - level) <= rounding * level) return;
      this.solves++;
      const mayMove = next > level ? levels.leastPace[r]! > next : this.mayFall(r, next);
      // Whether a rise passes a level on the way of one of its flows shows on the way.
      if (!mayMove || !levels.shift(r, next)) this.placeMembers(r);
    }
  }

  /** whether all that others limit stay with them */
  private mayFall(r: number, to: number): boolean {
    const { level, edges, mostPace } = this.levels;
    if (mostPace[r]! > to) return false;
    for (let edge = edges.firstIn[r]!; edge >= 0; edge = edges.nextIn[edge]!)
      if (level[edges.from[edge]!]! > to) return false;
    return true;
  }

  /** Solves its equation from its members, some of which change limiter. */
  private placeMembers(r: number): void {
    const { levels } = this;
    this.solves++;
    const count = this.gather(r);
    const to = this.levelOver(count, levels.capacity[r]!);
    const before = levels.level[r]!;
    if (before === Infinity && to < Infinity) levels.setLevel(r, to);
    let own = 0;
    let others = 0;
    let leastPace = Infinity;
    let mostPace = 0;
    for (let i = 0; i < count; i++) {
      const slot = this.slots[i]!;
      const rest = this.rest[i]!;
      const restBy = this.restBy[i]!;
      const isOwn = rest > to || (rest === to && restBy > r);
      const limiter = isOwn ? r : restBy;
      const present = levels.limiter[slot]!;
      // A flow that another resource holds at the same rate stays with it.
      if (present !== limiter && (isOwn || present === r)) levels.reattach(slot, limiter);
      if (isOwn) own += this.perMB[i]!;
      else others += this.perMB[i]! * rest;
      if (isOwn) leastPace = Math.min(leastPace, levels.pace[slot]!);
      else if (levels.limiter[slot] === ownCap) mostPace = Math.max(mostPace, rest);
    }
    if (own === 0) {
      if (levels.level[r] !== Infinity) levels.setLevel(r, Infinity);
    } else if (levels.level[r] !== to) levels.shift(r, to);
    levels.own[r] = own;
    levels.others[r] = others;
    levels.leastPace[r] = leastPace;
    levels.mostPace[r] = mostPace;
    levels.drift[r] = 0;
  }

  /** @returns how many members it has */
  private gather(r: number): number {
    const { level, pace, flows } = this.levels;
    const { head, nextOn, resourceOf, perMB, useCount, shift } = flows;
    this.fit(flows.count[r]!);
    let count = 0;
    for (let member = head[r]!; member >= 0; member = nextOn[member]!) {
      const slot = member >> shift;
      let rest = pace[slot]!;
      let restBy = ownCap;
      const from = slot << shift;
      const end = from + useCount[slot]!;
      for (let use = from; use < end; use++) {
        const q = resourceOf[use]!;
        const other = level[q]!;
        if (other > rest || q === r || (other === rest && restBy < q)) continue;
        rest = other;
        restBy = q;
      }
      this.slots[count] = slot;
      this.perMB[count] = perMB[member]!;
      this.rest[count] = rest;
      this.restBy[count++] = restBy;
    }
    this.membersVisited += count;
    return count;
  }

  /** @returns the s that solves: sum of perMB * min(rest, s) = capacity; Infinity = all of it fits */
  private levelOver(count: number, capacity: number): number {
    const { perMB, rest } = this;
    let all = 0;
    for (let i = 0; i < count; i++) all += perMB[i]! * rest[i]!;
    if (all <= capacity * (1 + rounding)) return Infinity;
    // From below: with those that stop below s taken out s can only rise, and it stands once no further one stops.
    let s = 0;
    for (;;) {
      let room = capacity;
      let weight = 0;
      for (let i = 0; i < count; i++)
        if (rest[i]! < s) room -= perMB[i]! * rest[i]!;
        else weight += perMB[i]!;
      const next = weight > 0 && room > 0 ? room / weight : s;
      if (next <= s) return s;
      s = next;
    }
  }

  private fit(count: number): void {
    this.slots = grown(this.slots, count);
    this.perMB = grown(this.perMB, count);
    this.rest = grown(this.rest, count);
    this.restBy = grown(this.restBy, count);
  }
}

/** relative; an equation that is off by less is not broken */
const rounding = 1e-14;
