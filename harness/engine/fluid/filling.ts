import type { FlowTable } from './flow-table.ts';

/** in `limiters`: held by its own cap */
export const ownCap = -1;
const rising = -1;

/**
 * Progressive filling: all flows rise together; a flow stops at its cap, or when a resource on its way is full. The
 * level of a resource is the height at which it fills: (capacity - use of stopped flows) / sum of perMB of rising ones.
 * Stopping a flow below the lowest level lowers no level, so all caps up to there stop in one go.
 */
export class Filling {
  /** by flow, MB/s; those of flows under way are true after `run` */
  readonly rates: number[] = [];
  /** by flow: the resource at whose level it stopped, or `ownCap` */
  readonly limiters: number[] = [];

  private readonly table: FlowTable;
  // by resource, of those that carry flows: capacity not taken by stopped flows; perMB and number of rising ones
  private readonly room: number[] = [];
  private readonly weight: number[] = [];
  private readonly risingOn: number[] = [];
  /** resources with rising flows, ascending */
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

  private begin(): void {
    const { table, room, weight, risingOn, open } = this;
    open.length = 0;
    for (const resource of table.carrying) {
      const members = table.members[resource]!;
      let sum = 0;
      for (const use of members) sum += table.perMB[use]!;
      room[resource] = table.capacityWith(resource, members.length);
      weight[resource] = sum;
      risingOn[resource] = members.length;
      open.push(resource);
    }
    for (const flow of table.active) this.rates[flow] = rising;
    this.risingCount = table.active.length;
    this.nextCap = 0;
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
    return Math.max(0, this.room[resource]!) / this.weight[resource]!;
  }

  /** The level afresh from the members: `room` and `weight` have been subtracted from many times. */
  private exactLevelOf(resource: number): number {
    const { table, rates } = this;
    const members = table.members[resource]!;
    let room = table.capacityWith(resource, members.length);
    let weight = 0;
    for (const use of members) {
      const rate = rates[table.flowOf[use]!]!;
      if (rate === rising) weight += table.perMB[use]!;
      else room -= table.perMB[use]! * rate;
    }
    return Math.max(0, room) / weight;
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
    const { table, room, weight, risingOn } = this;
    this.rates[flow] = rate;
    this.limiters[flow] = limiter;
    this.risingCount--;
    for (let use = table.firstUse[flow]!; use < table.firstUse[flow + 1]!; use++) {
      const resource = table.resourceOf[use]!;
      const perMB = table.perMB[use]!;
      room[resource]! -= perMB * rate;
      weight[resource]! -= perMB;
      risingOn[resource]!--;
    }
  }
}
