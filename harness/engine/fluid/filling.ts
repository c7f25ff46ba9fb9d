import { ownCap, type Allocation } from './allocation.ts';
import type { FlowTable } from './flow-table.ts';
import { grown } from '../../kit/grown.ts';
import type { Use } from './solver.ts';
import { rateOfNewcomer } from './what-if.ts';

const rising = -1;

/**
 * Progressive filling: all flows rise together; a flow stops at its cap, or when a resource on its way is full. The
 * level of a resource is the height at which it fills: (capacity - use of stopped flows) / sum of perMB of rising ones.
 * Stopping a flow below the lowest level lowers no level, so all caps up to there stop in one go.
 */
export class Filling implements Allocation {
  /** by flow, MB/s; those of flows under way are true after `run` */
  rates = new Float64Array(64);
  /** by flow: the resource at whose level it stopped, or `ownCap` */
  limiters = new Int32Array(64);
  /** by resource: what stopped flows take; after `run`, of those that carry flows, their load */
  loads = new Float64Array(16);

  private readonly table: FlowTable;
  // by resource, of those that carry flows: capacity; perMB and number of rising flows; what all would take at their caps
  private capacity = new Float64Array(16);
  private weight = new Float64Array(16);
  private risingOn = new Int32Array(16);
  private demand = new Float64Array(16);
  /** resources that may yet fill, ascending */
  private readonly open: number[] = [];
  private risingCount = 0;
  private nextCap = 0;

  constructor(table: FlowTable) {
    this.table = table;
  }

  run(): void {
    this.begin();
    while (this.risingCount > 0) {
      const lowest = this.findLowest();
      const level = lowest === null ? Infinity : this.exactLevelOf(lowest);
      if (!this.stopCapped(level) && lowest !== null) this.stopMembers(lowest, level);
    }
  }

  rateOfNewcomer(capMBps: number, uses: readonly Use[]): number {
    return rateOfNewcomer(this.table, this.rates, capMBps, uses);
  }

  private begin(): void {
    this.fit();
    const { table, rates, loads, weight, demand, risingOn } = this;
    const { firstUse, resourceOf, perMB } = table;
    for (const r of table.carrying) loads[r] = weight[r] = demand[r] = risingOn[r] = 0;
    for (const flow of table.active) {
      rates[flow] = rising;
      const cap = table.cap[flow]!;
      const end = firstUse[flow + 1]!;
      for (let use = firstUse[flow]!; use < end; use++) {
        const resource = resourceOf[use]!;
        weight[resource]! += perMB[use]!;
        demand[resource]! += perMB[use]! * cap;
        risingOn[resource]!++;
      }
    }
    this.risingCount = table.active.length;
    this.nextCap = 0;
    this.openResources();
  }

  private fit(): void {
    const { flowCount, specs } = this.table;
    this.rates = grown(this.rates, flowCount);
    this.limiters = grown(this.limiters, flowCount);
    this.loads = grown(this.loads, specs.length);
    this.capacity = grown(this.capacity, specs.length);
    this.weight = grown(this.weight, specs.length);
    this.risingOn = grown(this.risingOn, specs.length);
    this.demand = grown(this.demand, specs.length);
  }

  /** What all caps together cannot fill limits nobody and is left out. */
  private openResources(): void {
    this.open.length = 0;
    for (const resource of this.table.carrying) {
      const capacity = this.table.capacityWith(resource, this.risingOn[resource]!);
      this.capacity[resource] = capacity;
      if (this.demand[resource]! > capacity) this.open.push(resource);
    }
  }

  /** Also forgets resources on which nothing rises any more. Ties go to the lowest id. */
  private findLowest(): number | null {
    const { open, risingOn } = this;
    let lowest: number | null = null;
    let lowestLevel = Infinity;
    let kept = 0;
    for (let i = 0; i < open.length; i++) {
      const resource = open[i]!;
      if (risingOn[resource] === 0) continue;
      open[kept++] = resource;
      const level = this.levelOf(resource);
      if (lowest !== null && level >= lowestLevel) continue;
      lowest = resource;
      lowestLevel = level;
    }
    open.length = kept;
    return lowest;
  }

  private levelOf(resource: number): number {
    return Math.max(0, this.capacity[resource]! - this.loads[resource]!) / this.weight[resource]!;
  }

  /** The level afresh from the members: `weight` has been subtracted from many times. */
  private exactLevelOf(resource: number): number {
    const { table, rates } = this;
    let weight = 0;
    for (const use of table.members[resource]!)
      if (rates[table.flowOf[use]!] === rising) weight += table.perMB[use]!;
    return Math.max(0, this.capacity[resource]! - this.loads[resource]!) / weight;
  }

  /** @returns whether a cap at or below the level stopped a flow: then levels may have risen */
  private stopCapped(level: number): boolean {
    const { byCap, cap } = this.table;
    const before = this.risingCount;
    for (; this.nextCap < byCap.length; this.nextCap++) {
      const flow = byCap[this.nextCap]!;
      if (cap[flow]! > level) break;
      if (this.rates[flow] === rising) this.stop(flow, cap[flow]!, ownCap);
    }
    return this.risingCount < before;
  }

  private stopMembers(resource: number, level: number): void {
    const { flowOf } = this.table;
    for (const use of this.table.members[resource]!)
      if (this.rates[flowOf[use]!] === rising) this.stop(flowOf[use]!, level, resource);
  }

  private stop(flow: number, rate: number, limiter: number): void {
    const { table, loads, weight, risingOn } = this;
    const { firstUse, resourceOf, perMB } = table;
    this.rates[flow] = rate;
    this.limiters[flow] = limiter;
    this.risingCount--;
    const end = firstUse[flow + 1]!;
    for (let use = firstUse[flow]!; use < end; use++) {
      const resource = resourceOf[use]!;
      loads[resource]! += perMB[use]! * rate;
      weight[resource]! -= perMB[use]!;
      risingOn[resource]!--;
    }
  }
}
