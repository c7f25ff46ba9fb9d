import { sameInstantS } from '../../../model/executor.ts';
import { grown } from '../../../kit/grown.ts';
import type { FlowSpec, FluidSolver, ResourceSpec } from '../solver.ts';
import { checkCap, checkCapacity, checkedUses } from '../specs.ts';
import { Guards } from './guards.ts';
import { Levels, ownCap } from './levels.ts';
import { findLimiter, limiterAmongEquals } from './limiter.ts';
import { Settling } from './settle.ts';
import { rateOfNewcomer } from './what-if.ts';

/** Work done so far, counted: the same on every machine. */
export interface Work {
  /** equations solved */
  readonly solves: number;
  /** flows looked at because flows of a resource changed their limiter */
  readonly membersVisited: number;
  readonly heapMoves: number;
  /** changes of a level passed on to another resource */
  readonly pushes: number;
}

export interface FastSolver extends FluidSolver {
  work(): Work;
}

/** Solves only the equations that a change breaks: see levels.ts, settle.ts and guards.ts. */
export function createFastSolver(): FastSolver {
  return new IncrementalSolver();
}

class IncrementalSolver implements FastSolver {
  private readonly levels = new Levels();
  private readonly guards = new Guards(this.levels);
  private readonly settling = new Settling(this.levels, this.guards);
  /** what flows that are gone have taken of a resource */
  private booked = new Float64Array(16);
  /** of the last `advance`, and slots that are due */
  private readonly completed: number[] = [];
  private readonly due: number[] = [];

  addResource(spec: ResourceSpec): number {
    checkCapacity(spec.capacity);
    const r = this.levels.addResource(spec);
    this.guards.addResource(r);
    if (r === this.booked.length) this.booked = grown(this.booked, r + 1);
    return r;
  }

  setCapacity(resource: number, capacity: number): void {
    this.checkResource(resource);
    checkCapacity(capacity);
    const { levels, guards } = this;
    if (levels.base[resource] === capacity) return;
    levels.base[resource] = capacity;
    levels.measure(resource);
    const { head, nextOn, cap } = levels.flows;
    for (let use = head[resource]!; use >= 0; use = nextOn[use]!) {
      const slot = use >> levels.flows.shift;
      if (cap[slot] === Infinity) this.setPace(slot);
    }
    guards.check(resource);
  }

  start(flow: FlowSpec): number {
    const { levels, guards } = this;
    const { flows } = levels;
    const uses = checkedUses(flow, flows.resourceCount);
    const id = flows.startedCount;
    const slot = flows.add(flow.sizeMB, flow.capMBps, uses);
    levels.fitSlots(slot + 1);
    this.findPace(slot);
    levels.attach(slot, findLimiter(levels, slot), flow.sizeMB);
    const from = slot << flows.shift;
    for (let use = from; use < from + uses.length; use++) levels.recount(flows.resourceOf[use]!);
    guards.add(slot);
    return id;
  }

  stop(flow: number): number {
    const slot = this.slotOf(flow);
    const movedMB = this.levels.flows.sizeMB[slot]! - this.levels.restOf(slot);
    this.levels.detach(slot);
    this.remove(slot, movedMB);
    return movedMB;
  }

  setCap(flow: number, capMBps: number): void {
    const slot = this.slotOf(flow);
    const { flows } = this.levels;
    checkCap(capMBps, flows.useCount[slot]!);
    if (flows.cap[slot] === capMBps) return;
    flows.cap[slot] = capMBps;
    this.setPace(slot);
  }

  advance(nowS: number): readonly number[] {
    const { levels, completed } = this;
    if (!(nowS >= levels.nowS))
      throw new RangeError(`the clock is at ${levels.nowS} s, not before ${nowS} s`);
    empty(completed);
    let earliestS = this.nextS();
    while (earliestS <= nowS + sameInstantS) {
      levels.nowS = Math.min(nowS, earliestS);
      this.completeDue(levels.nowS + sameInstantS);
      if (levels.nowS === nowS && this.isFarFromNext()) return this.inOrder();
      earliestS = this.nextS();
    }
    levels.nowS = nowS;
    return this.inOrder();
  }

  nextS(): number {
    this.settle();
    const slot = this.levels.marks.first(0);
    const ownS = slot < 0 ? Infinity : this.levels.marks.mark[slot]!;
    return Math.min(ownS, this.levels.firstDateS());
  }

  rateMBps(flow: number): number {
    const slot = this.slotOf(flow);
    this.settle();
    return this.levels.rateOf(slot);
  }

  movedMB(flow: number): number {
    const slot = this.slotOf(flow);
    return this.levels.flows.sizeMB[slot]! - this.levels.restOf(slot);
  }

  limiterOf(flow: number): number | null {
    const slot = this.slotOf(flow);
    this.settle();
    return limiterAmongEquals(this.levels, slot);
  }

  relimited(): readonly number[] {
    this.settle();
    const { flows, relimited, isRelimited } = this.levels;
    const ids: number[] = [];
    for (const slot of relimited) {
      isRelimited[slot] = 0;
      const id = flows.idOf[slot]!;
      if (flows.slotOf(id) === slot) ids.push(id);
    }
    relimited.length = 0;
    return ids;
  }

  loadOf(resource: number): number {
    this.checkResource(resource);
    this.settle();
    const { head, nextOn, perMB, shift } = this.levels.flows;
    let load = 0;
    for (let use = head[resource]!; use >= 0; use = nextOn[use]!)
      load += perMB[use]! * this.levels.rateOf(use >> shift);
    return load;
  }

  servedBy(resource: number): number {
    this.checkResource(resource);
    const { head, nextOn, perMB, shift, sizeMB } = this.levels.flows;
    let served = this.booked[resource]!;
    for (let use = head[resource]!; use >= 0; use = nextOn[use]!) {
      const slot = use >> shift;
      served += perMB[use]! * (sizeMB[slot]! - this.levels.restOf(slot));
    }
    return served;
  }

  flowsOn(resource: number): number {
    this.checkResource(resource);
    return this.levels.flows.count[resource]!;
  }

  rateIf(flow: FlowSpec): number {
    const uses = checkedUses(flow, this.levels.flows.resourceCount);
    this.settle();
    return rateOfNewcomer(this.levels, flow.capMBps, uses);
  }

  flows(): Iterable<number> {
    return { [Symbol.iterator]: () => this.levels.flows.ids() };
  }

  work(): Work {
    const { solves, membersVisited } = this.settling;
    return { solves, membersVisited, heapMoves: this.levels.marks.moves, pushes: this.levels.pushes };
  }

  private inOrder(): readonly number[] {
    const { completed } = this;
    if (completed.length > 1) completed.sort((a, b) => a - b);
    return completed;
  }

  /**
   * Whether no flow can be due in this instant even where those that are gone leave it all that it could take: then what comes
   * next in the instant is solved together with what went. What is left of a flow is at least its limiter's level times
   * the time to that one's date, and no flow ever runs faster than the greatest pace.
   */
  private isFarFromNext(): boolean {
    const { nowS, leastLevel, greatestPace } = this.levels;
    return (this.levels.firstDateS() - nowS) * leastLevel > 2 * sameInstantS * greatestPace;
  }

  private settle(): void {
    const { levels } = this;
    if (levels.queue.length === 0 && levels.changedCount === 0) return;
    this.settling.run();
    levels.dateChanged();
  }

  private completeDue(untilS: number): void {
    const { levels, due } = this;
    const { marks, flows } = levels;
    for (let slot = marks.first(0); slot >= 0 && marks.mark[slot]! <= untilS; slot = marks.first(0)) {
      levels.detach(slot);
      due.push(slot);
    }
    while (levels.firstDateS() <= untilS) {
      const r = levels.firstDated();
      const slot = marks.first(r + 1);
      levels.detach(slot);
      due.push(slot);
      levels.date(r, 1);
    }
    if (due.length > 1) due.sort((a, b) => flows.idOf[a]! - flows.idOf[b]!);
    for (let i = 0; i < due.length; i++) {
      const slot = due[i]!;
      this.completed.push(flows.idOf[slot]!);
      this.remove(slot, flows.sizeMB[slot]!);
    }
    empty(due);
  }

  /** once it is detached */
  private remove(slot: number, movedMB: number): void {
    const { levels, guards, booked } = this;
    const { flows } = levels;
    guards.remove(slot);
    flows.remove(slot);
    const from = slot << flows.shift;
    const end = from + flows.useCount[slot]!;
    for (let use = from; use < end; use++) {
      const r = flows.resourceOf[use]!;
      booked[r]! += flows.perMB[use]! * movedMB;
      levels.recount(r);
      guards.release(r);
    }
  }

  private findPace(slot: number): void {
    const { flows, pace, paceBy, base } = this.levels;
    let least = flows.cap[slot]!;
    let by = ownCap;
    if (least === Infinity) {
      const from = slot << flows.shift;
      for (let use = from; use < from + flows.useCount[slot]!; use++) {
        const r = flows.resourceOf[use]!;
        const alone = base[r]! / flows.perMB[use]!;
        if (alone > least || (alone === least && by < r)) continue;
        least = alone;
        by = r;
      }
    }
    pace[slot] = least;
    paceBy[slot] = by;
    if (least > this.levels.greatestPace) this.levels.greatestPace = least;
  }

  private setPace(slot: number): void {
    const { levels, guards } = this;
    const restMB = levels.restOf(slot);
    levels.detach(slot);
    this.findPace(slot);
    levels.attach(slot, findLimiter(levels, slot), restMB);
    guards.reconsider(slot);
  }

  private slotOf(flow: number): number {
    const slot = this.levels.flows.slotOf(flow);
    if (slot < 0) throw new RangeError(`flow ${flow} is not under way`);
    return slot;
  }

  private checkResource(resource: number): void {
    if (!(resource >= 0 && resource < this.levels.flows.resourceCount))
      throw new RangeError(`no resource ${resource}`);
  }
}

/** One by one, so that it keeps its memory, which `length = 0` gives back. */
function empty(array: number[]): void {
  while (array.length > 0) array.pop();
}
