import { efficiencyOf } from '../../attempt/efficiency.ts';
import { grown } from '../../kit/grown.ts';
import { insertSorted, positionOf, removeSorted } from './sorted.ts';
import type { ResourceSpec, Use } from './solver.ts';

/**
 * Who uses what: flows, resources and the uses that join them, as a struct of arrays. Knows no rate and no time.
 *
 * A use is one (flow, resource) pair; the uses of flow f are firstUse[f] .. firstUse[f + 1] - 1. Flows and uses are
 * numbered in order of start and never again, so every list below that is appended to ascends by flow id,
 * and sums along it do not depend on what happened before. The typed arrays are longer than filled, and replaced to grow.
 */
export class FlowTable {
  // by flow
  flowCount = 0;
  cap = new Float64Array(64);
  readonly isActive: boolean[] = [];
  firstUse = new Int32Array(65);
  // by use
  useCount = 0;
  flowOf = new Int32Array(512);
  resourceOf = new Int32Array(512);
  perMB = new Float64Array(512);
  // by resource
  readonly specs: ResourceSpec[] = [];
  readonly capacity: number[] = [];
  /** the uses on it */
  readonly members: number[][] = [];

  /** flows under way, ascending */
  readonly active: number[] = [];
  /** the same by cap, then id */
  readonly byCap: number[] = [];
  /** resources with flows on them, ascending */
  readonly carrying: number[] = [];

  addResource(spec: ResourceSpec): number {
    this.capacity.push(spec.capacity);
    this.members.push([]);
    return this.specs.push(spec) - 1;
  }

  addFlow(cap: number, uses: readonly Use[]): number {
    this.fit(uses.length);
    const flow = this.flowCount++;
    this.cap[flow] = cap;
    for (const { resource, perMB } of uses) {
      const members = this.members[resource]!;
      if (members.length === 0) insertSorted(this.carrying, resource);
      members.push(this.useCount);
      this.flowOf[this.useCount] = flow;
      this.resourceOf[this.useCount] = resource;
      this.perMB[this.useCount] = perMB;
      this.useCount++;
    }
    this.firstUse[this.flowCount] = this.useCount;
    this.isActive.push(true);
    this.active.push(flow);
    this.byCap.splice(this.positionByCap(flow), 0, flow);
    return flow;
  }

  removeFlow(flow: number): void {
    for (let use = this.firstUse[flow]!; use < this.firstUse[flow + 1]!; use++) {
      const resource = this.resourceOf[use]!;
      const members = this.members[resource]!;
      members.splice(positionOf(members, use), 1);
      if (members.length === 0) removeSorted(this.carrying, resource);
    }
    this.isActive[flow] = false;
    removeSorted(this.active, flow);
    this.byCap.splice(this.positionByCap(flow), 1);
  }

  setCap(flow: number, cap: number): void {
    this.byCap.splice(this.positionByCap(flow), 1);
    this.cap[flow] = cap;
    this.byCap.splice(this.positionByCap(flow), 0, flow);
  }

  /** @returns the capacity that n >= 1 flows find */
  capacityWith(resource: number, n: number): number {
    return this.capacity[resource]! * efficiencyOf(this.specs[resource]!.efficiency, n);
  }

  private fit(moreUses: number): void {
    this.cap = grown(this.cap, this.flowCount + 1);
    this.firstUse = grown(this.firstUse, this.flowCount + 2);
    this.flowOf = grown(this.flowOf, this.useCount + moreUses);
    this.resourceOf = grown(this.resourceOf, this.useCount + moreUses);
    this.perMB = grown(this.perMB, this.useCount + moreUses);
  }

  private positionByCap(flow: number): number {
    const cap = this.cap[flow]!;
    let low = 0;
    let high = this.byCap.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.byCap[middle]!;
      const otherCap = this.cap[other]!;
      if (otherCap < cap || (otherCap === cap && other < flow)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
