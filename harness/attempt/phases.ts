import { modeOf } from '../model/access.ts';
import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { AttemptFault, Night } from '../model/night.ts';
import type { FlowSpec, ReadPlace } from './flows.ts';
import type { Phase, Work } from './graph.ts';
import type { Limits } from './limits.ts';
import type { Snapshots } from './snapshots.ts';

// An attempt at a VM as a graph of phases (night.md N7): boot, clean up, snapshot, attach, read in as many lanes as streams,
// detach, remove the snapshot and write its delta back.
//
// Counted limits are taken in this order: the lock of the VM, slots of the data stores, what is attached, then what is held for a known time
// only. Each kind is waited for by itself: nobody stands in a short queue while waiting for what a long one holds, so that
// whoever holds something can always go on.

/** One read of a lane. */
export interface Read {
  readonly device: Id;
  readonly sizeMB: number;
  readonly reads: ReadPlace;
}

export interface AttemptParts {
  readonly night: Night;
  readonly limits: Limits;
  readonly snapshots: Snapshots;
  /** seconds until the proxy is up */
  readonly bootS: number;
  readonly fault: AttemptFault | null;
  /** the flow of one read of a lane */
  readonly flowOf: (read: Read) => FlowSpec;
  readonly onRead: (flow: number, device: Id) => void;
  readonly onReadEnd: (flow: number, movedMB: number) => void;
}

const delay = (s: number): Work => ({ kind: 'delay', s });
const writeBack = (flow: FlowSpec): Work => (flow.sizeMB === 0 ? delay(0) : { kind: 'flow', flow });

export function phasesOf(order: Order, parts: AttemptParts): readonly Phase[] {
  if (parts.fault?.phase === 'start') return failAtOnce(parts.night);
  const reads = readPhases(order, parts);
  const lastReads = reads
    .filter((r) => !reads.some((next) => next.after.includes(r.name)))
    .map((r) => r.name);
  return [
    ...preparation(order, parts),
    ...attach(order, parts),
    ...reads,
    ...release(order, { ...parts, after: lastReads }),
  ];
}

export const failAtOnce = (night: Night): Phase[] => [
  { name: 'fail at once', after: [], work: () => delay(night.faults.failAtOnceS), fails: true },
];

/** Boot, clean up what a failed attempt left behind, snapshot. */
function preparation(order: Order, { night, limits, snapshots, bootS, fault }: AttemptParts): Phase[] {
  const { vm } = order;
  const fails = fault?.phase === 'snapshot';
  return [
    { name: 'boot', after: [], work: () => delay(bootS) },
    {
      name: 'clean up',
      after: ['boot'],
      takes: [{ wants: () => limits.snapshotLock(order), until: 'snapshot' }],
      work: () => delay(snapshots.orphanSinceS(vm) === null ? 0 : night.overheads.cleanUpS),
    },
    {
      name: 'clean up: commit',
      after: ['clean up'],
      work() {
        const sinceS = snapshots.orphanSinceS(vm);
        return sinceS === null ? delay(0) : writeBack(snapshots.commit(vm, sinceS));
      },
      onEnd: () => snapshots.forgetOrphan(vm),
    },
    {
      name: 'snapshot: slots',
      after: ['clean up: commit'],
      takes: [{ wants: () => snapshots.wants(order), until: 'end' }],
      work: () => delay(0),
    },
    {
      name: 'snapshot',
      after: ['snapshot: slots'],
      takes: [{ wants: () => (snapshots.isOpen(vm) ? [] : limits.operation(order)), until: 'snapshot' }],
      work: () => delay(snapshots.isOpen(vm) ? 0 : night.overheads.snapshotCreateS),
      onEnd: () => {
        if (!fails) snapshots.open(order);
      },
      fails,
    },
  ];
}

const isLocal = (order: Order): boolean => modeOf(order.tier) === 'local';

/** A HotAdd is a reconfiguration of the proxy, one after another; the other modes connect. */
const reconfiguring = (order: Order, limits: Limits) => () =>
  isLocal(order) ? [...limits.reconfigure(order), ...limits.operation(order)] : [];

const attach = (order: Order, { night, limits, fault }: AttemptParts): Phase[] => [
  {
    name: 'attach: slots',
    after: ['snapshot'],
    takes: [{ wants: () => limits.attached(order), until: 'detach' }],
    work: () => delay(0),
  },
  {
    name: 'attach',
    after: ['attach: slots'],
    takes: [{ wants: reconfiguring(order, limits), until: 'attach' }],
    work: () => delay(isLocal(order) ? night.overheads.attachS : night.overheads.connectS),
    fails: fault?.phase === 'attach',
  },
];

/** Every lane reads one disk after another. A fault strikes the first lane at its share of the bytes, which are then read twice. */
function readPhases(order: Order, { fault, flowOf, onRead, onReadEnd }: AttemptParts): Phase[] {
  return order.lanes.flatMap((lane, l) => {
    const faultAtMB =
      l === 0 && fault?.phase === 'transfer'
        ? fault.atShare * lane.reduce((sum, read) => sum + read.sizeMB, 0)
        : Infinity;
    let beforeMB = 0;
    return lane.map(({ device, sizeMB }, n): Phase => {
      const leftMB = Math.max(0, faultAtMB - beforeMB);
      beforeMB += sizeMB;
      const fails = faultAtMB <= beforeMB;
      return {
        name: `read ${l}.${n}`,
        after: [n === 0 ? 'attach' : `read ${l}.${n - 1}`],
        work: () => ({
          kind: 'flow',
          flow: flowOf({
            device,
            sizeMB: fails ? Math.min(sizeMB, leftMB) : sizeMB,
            reads: { lane: l, place: n, fails },
          }),
        }),
        onFlow: (flow) => onRead(flow, device),
        onFlowEnd: onReadEnd,
        fails,
      };
    });
  });
}

/** Detach, remove the snapshot, write its delta back. */
function release(
  order: Order,
  { night, limits, snapshots, after }: AttemptParts & { after: readonly string[] },
): Phase[] {
  /** when the snapshot was opened that is now to be removed; null = others still use it */
  let sinceS: number | null = null;
  return [
    {
      name: 'detach',
      after,
      takes: [{ wants: reconfiguring(order, limits), until: 'detach' }],
      work: () => delay(isLocal(order) ? night.overheads.detachS : night.overheads.disconnectS),
      onEnd: () => (sinceS = snapshots.leave(order)),
    },
    {
      name: 'remove snapshot',
      after: ['detach'],
      takes: [{ wants: () => (sinceS === null ? [] : limits.operation(order)), until: 'remove snapshot' }],
      work: () => delay(sinceS === null ? 0 : night.overheads.snapshotRemoveS),
    },
    {
      name: 'commit snapshot',
      after: ['remove snapshot'],
      work: () => (sinceS === null ? delay(0) : writeBack(snapshots.commit(order.vm, sinceS))),
      onEnd: () => snapshots.removed(order),
    },
  ];
}
