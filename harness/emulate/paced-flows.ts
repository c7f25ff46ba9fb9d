import type { FlowSpec, Flows, Use } from '../attempt/flows.ts';
import type { Order } from '../model/executor.ts';
import type { Assignment } from './messages.ts';
import type { Pacer } from './pacer/pacer.ts';

/** Flows as streams of agents: each takes a slot of the pacer and is assigned to the agent of its proxy. */
export interface PacedFlows extends Flows {
  orderOf(attempt: number): Order | undefined;
  /** before the first flow of an attempt */
  expect(order: Order): void;
  forget(attempt: number): void;
  /** a flow is over: it is none of those under way any more */
  close(flow: number): void;
  attemptOf(flow: number): number | undefined;
  /** who counted in the slot of a flow is gone, or has let go */
  release(flow: number): void;
  /** every flow of a proxy whose thread is dead */
  releaseAll(proxy: number): void;
  movedMB(flow: number): number;
  /** null = its own cap */
  limiterOf(flow: number): number | null;
  /** integral of the use of a resource by flows that are over */
  servedBy(resource: number): number;
  /** some flow still moves, or its agent has not yet said that it is over */
  isMoving(): boolean;
}

export interface PacedFlowsSetup {
  readonly pacer: Pacer;
  readonly blockMB: number;
  readonly now: () => number;
  readonly assign: (assignment: Assignment) => void;
  readonly rescind: (flow: number, proxy: number) => void;
  /** it has no bytes: it is over now */
  readonly onEmpty: (flow: number) => void;
  /** the block of its VM's image at which a read begins, and whether its data is reduced at the source */
  readonly imageOf: (
    order: Order,
    reads: NonNullable<FlowSpec['reads']>,
  ) => { firstBlock: number; compress: boolean };
}

interface Flow {
  readonly order: Order;
  readonly spec: FlowSpec;
  /** null = it has no bytes */
  readonly slot: number | null;
}

export const blocksOf = (sizeMB: number, blockMB: number): number =>
  sizeMB === 0 ? 0 : Math.max(1, Math.ceil(sizeMB / blockMB - 1e-9));

export function createPacedFlows(setup: PacedFlowsSetup): PacedFlows {
  const { pacer, blockMB, now, assign, rescind, onEmpty, imageOf } = setup;
  const orders = new Map<number, Order>();
  const flows = new Map<number, Flow>();
  /** rescinded, while an agent may still count in their slots */
  const leaving = new Map<number, { slot: number; proxy: number }>();
  const served: number[] = [];
  let resources = 0;
  let next = 0;

  const uses = (spec: FlowSpec): Use[] => {
    const totals = new Map<number, number>();
    for (const { resource, perMB } of spec.uses) totals.set(resource, (totals.get(resource) ?? 0) + perMB);
    return Array.from(totals, ([resource, perMB]) => ({ resource, perMB }));
  };

  function begin(flow: number, order: Order, spec: FlowSpec): number {
    const blocks = blocksOf(spec.sizeMB, blockMB);
    const lastMB = spec.sizeMB - (blocks - 1) * blockMB;
    const slot = pacer.open({ blocks, lastMB, capMBps: spec.capMBps, uses: uses(spec) }, now());
    const { reads } = spec;
    assign({
      flow,
      slot,
      proxy: order.proxy,
      attempt: order.attempt,
      blocks,
      reads: reads === undefined ? null : { vm: order.vm, ...reads, ...imageOf(order, reads) },
    });
    return slot;
  }

  function count(flow: Flow, movedMB: number): void {
    for (const { resource, perMB } of flow.spec.uses) served[resource]! += perMB * movedMB;
  }

  const slotOf = (flow: number) => flows.get(flow)!.slot;

  return {
    addResource(spec) {
      pacer.setResource(resources, spec);
      served.push(0);
      return resources++;
    },
    setCapacity: (resource, capacity) => pacer.setCapacity(resource, capacity, now()),
    start(spec, attempt) {
      const flow = next++;
      const order = orders.get(attempt)!;
      const slot = spec.sizeMB === 0 ? null : begin(flow, order, spec);
      flows.set(flow, { order, spec, slot });
      if (slot === null) onEmpty(flow);
      return flow;
    },
    stop(id) {
      const flow = flows.get(id)!;
      flows.delete(id);
      if (flow.slot === null) return 0;
      const movedMB = pacer.close(flow.slot, now());
      count(flow, movedMB);
      leaving.set(id, { slot: flow.slot, proxy: flow.order.proxy });
      rescind(id, flow.order.proxy);
      return movedMB;
    },
    setCap(flow, capMBps) {
      const slot = slotOf(flow);
      if (slot !== null) pacer.setCap(slot, capMBps, now());
    },
    flows: () => [...flows.keys()],
    orderOf: (attempt) => orders.get(attempt),
    expect: (order) => void orders.set(order.attempt, order),
    forget: (attempt) => void orders.delete(attempt),
    close(id) {
      const flow = flows.get(id)!;
      flows.delete(id);
      count(flow, flow.spec.sizeMB);
      if (flow.slot !== null) pacer.free(flow.slot);
    },
    attemptOf: (flow) => flows.get(flow)?.order.attempt,
    release(flow) {
      const left = leaving.get(flow);
      if (left === undefined) return;
      leaving.delete(flow);
      pacer.free(left.slot);
    },
    releaseAll(proxy) {
      for (const [flow, left] of leaving) {
        if (left.proxy !== proxy) continue;
        leaving.delete(flow);
        pacer.free(left.slot);
      }
    },
    movedMB(flow) {
      const slot = slotOf(flow);
      return slot === null ? 0 : pacer.movedMB(slot);
    },
    limiterOf(flow) {
      const slot = flows.get(flow)?.slot ?? null;
      return slot === null ? null : pacer.limiterOf(slot);
    },
    servedBy: (resource) => served[resource]!,
    isMoving: () =>
      pacer.nextS() < Infinity ||
      Array.from(flows.values()).some(({ slot }) => slot === null || pacer.isDone(slot)),
  };
}
