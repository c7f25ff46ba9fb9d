import { sameInstantS } from '../../model/executor.ts';
import { ownCap, type Allocation } from './allocation.ts';
import { Filling } from './filling.ts';
import { FlowTable } from './flow-table.ts';
import type { FlowSpec, FluidSolver, ResourceSpec } from './solver.ts';
import { checkCap, checkCapacity, checkedUses } from './specs.ts';

/**
 * Solves everything afresh after each change: right and plain, the oracle of any faster one.
 *
 * @param createAllocation how capacities are shared; left out: max-min fairly
 */
export function createSimpleSolver(
  createAllocation: (table: FlowTable) => Allocation = (table) => new Filling(table),
): FluidSolver {
  return new SimpleSolver(createAllocation);
}

const noFlows: readonly number[] = [];

class SimpleSolver implements FluidSolver {
  private readonly table = new FlowTable();
  private readonly allocation: Allocation;
  private clockS = 0;
  private earliestS = Infinity;
  private isStale = false;

  // by flow: a straight line that is redrawn only when the rate really changes, so that predicted times stand still
  private readonly sizeMB: number[] = [];
  private readonly rate: number[] = [];
  private readonly sinceS: number[] = [];
  private readonly movedAtSinceMB: number[] = [];
  private readonly finishS: number[] = [];

  // by resource: the same
  private readonly load: number[] = [];
  private readonly loadSinceS: number[] = [];
  private readonly servedAtSince: number[] = [];

  constructor(createAllocation: (table: FlowTable) => Allocation) {
    this.allocation = createAllocation(this.table);
  }

  addResource(spec: ResourceSpec): number {
    checkCapacity(spec.capacity);
    this.load.push(0);
    this.loadSinceS.push(this.clockS);
    this.servedAtSince.push(0);
    return this.table.addResource(spec);
  }

  setCapacity(resource: number, capacity: number): void {
    this.checkResource(resource);
    checkCapacity(capacity);
    if (this.table.capacity[resource] === capacity) return;
    this.table.capacity[resource] = capacity;
    if (this.flowsOn(resource) > 0) this.isStale = true;
  }

  start(flow: FlowSpec): number {
    const uses = checkedUses(flow, this.table.specs.length);
    this.sizeMB.push(flow.sizeMB);
    this.rate.push(0);
    this.sinceS.push(this.clockS);
    this.movedAtSinceMB.push(0);
    this.finishS.push(flow.sizeMB === 0 ? this.clockS : Infinity);
    this.isStale = true;
    return this.table.addFlow(flow.capMBps, uses);
  }

  stop(flow: number): number {
    const movedMB = this.movedMB(flow);
    this.remove(flow);
    return movedMB;
  }

  setCap(flow: number, capMBps: number): void {
    this.checkFlow(flow);
    checkCap(capMBps, this.table.firstUse[flow + 1]! - this.table.firstUse[flow]!);
    if (this.table.cap[flow] === capMBps) return;
    this.table.setCap(flow, capMBps);
    this.isStale = true;
  }

  advance(nowS: number): readonly number[] {
    if (!(nowS >= this.clockS))
      throw new RangeError(`the clock is at ${this.clockS} s, not before ${nowS} s`);
    let completed: number[] | null = null;
    while (this.nextS() <= nowS + sameInstantS) {
      this.clockS = Math.min(nowS, this.earliestS);
      const due = this.table.active.filter((flow) => this.finishS[flow]! <= this.clockS + sameInstantS);
      for (const flow of due) this.complete(flow);
      if (completed === null) completed = due;
      else completed.push(...due);
    }
    this.clockS = nowS;
    return completed === null ? noFlows : completed.toSorted((a, b) => a - b);
  }

  nextS(): number {
    this.solve();
    return this.earliestS;
  }

  rateMBps(flow: number): number {
    this.checkFlow(flow);
    this.solve();
    return this.rate[flow]!;
  }

  movedMB(flow: number): number {
    this.checkFlow(flow);
    // Rates that still await solving begin now: what has been moved so far went at the old ones.
    const movedMB = this.movedAtSinceMB[flow]! + this.rate[flow]! * (this.clockS - this.sinceS[flow]!);
    return Math.min(this.sizeMB[flow]!, movedMB);
  }

  limiterOf(flow: number): number | null {
    this.checkFlow(flow);
    this.solve();
    const limiter = this.allocation.limiters[flow]!;
    return limiter === ownCap ? null : limiter;
  }

  /** all: it does not know better */
  relimited(): readonly number[] {
    return this.table.active;
  }

  loadOf(resource: number): number {
    this.checkResource(resource);
    this.solve();
    return this.load[resource]!;
  }

  servedBy(resource: number): number {
    this.checkResource(resource);
    return this.servedAtSince[resource]! + this.load[resource]! * (this.clockS - this.loadSinceS[resource]!);
  }

  flowsOn(resource: number): number {
    this.checkResource(resource);
    return this.table.members[resource]!.length;
  }

  rateIf(flow: FlowSpec): number {
    const uses = checkedUses(flow, this.table.specs.length);
    this.solve();
    return this.allocation.rateOfNewcomer(flow.capMBps, uses);
  }

  flows(): Iterable<number> {
    return this.table.active;
  }

  private solve(): void {
    if (!this.isStale) return;
    this.isStale = false;
    this.allocation.run();
    let earliestS = Infinity;
    for (const flow of this.table.active) {
      this.redraw(flow, this.allocation.rates[flow]!);
      earliestS = Math.min(earliestS, this.finishS[flow]!);
    }
    this.earliestS = earliestS;
    for (const resource of this.table.carrying) this.setLoad(resource, this.allocation.loads[resource]!);
  }

  private redraw(flow: number, rate: number): void {
    if (rate === this.rate[flow]) return;
    const movedMB = this.movedMB(flow);
    const restMB = this.sizeMB[flow]! - movedMB;
    this.movedAtSinceMB[flow] = movedMB;
    this.sinceS[flow] = this.clockS;
    this.rate[flow] = rate;
    if (restMB === 0) this.finishS[flow] = this.clockS;
    else this.finishS[flow] = rate === 0 ? Infinity : this.clockS + restMB / rate;
  }

  private setLoad(resource: number, load: number): void {
    if (load === this.load[resource]) return;
    this.servedAtSince[resource] = this.servedBy(resource);
    this.loadSinceS[resource] = this.clockS;
    this.load[resource] = load;
  }

  /** What rounding and the width of an instant left unmoved is booked here, so that bytes are conserved. */
  private complete(flow: number): void {
    const { firstUse, resourceOf, perMB } = this.table;
    const restMB =
      this.sizeMB[flow]! -
      (this.movedAtSinceMB[flow]! + this.rate[flow]! * (this.clockS - this.sinceS[flow]!));
    for (let use = firstUse[flow]!; use < firstUse[flow + 1]!; use++)
      this.servedAtSince[resourceOf[use]!]! += perMB[use]! * restMB;
    this.remove(flow);
  }

  private remove(flow: number): void {
    const { firstUse, resourceOf, members } = this.table;
    this.table.removeFlow(flow);
    for (let use = firstUse[flow]!; use < firstUse[flow + 1]!; use++)
      if (members[resourceOf[use]!]!.length === 0) this.setLoad(resourceOf[use]!, 0);
    this.isStale = true;
  }

  private checkFlow(flow: number): void {
    if (this.table.isActive[flow] !== true) throw new RangeError(`flow ${flow} is not under way`);
  }

  private checkResource(resource: number): void {
    if (this.table.specs[resource] === undefined) throw new RangeError(`no resource ${resource}`);
  }
}
