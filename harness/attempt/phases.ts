import type { AttemptFault, Night } from '../model/night.ts';
import type { Attempt } from './attempt.ts';
import type { FlowSpec } from './flows.ts';
import type { Limits } from './limits.ts';
import type { Snapshots } from './snapshots.ts';
import { nothing, type Want } from './tokens.ts';

// The phases of an attempt at a VM (night.md N7), one after another: boot, clean up, snapshot, attach, read in as many lanes
// as streams, detach, remove the snapshot and write its delta back.
//
// Counted limits are taken in this order: the lock of the VM, slots of the data stores, what is attached, then what is held for a known time
// only. Each kind is waited for by itself: nobody stands in a short queue while waiting for what a long one holds, so that
// whoever holds something can always go on.

export interface Parts {
  readonly night: Night;
  readonly limits: Limits;
  readonly snapshots: Snapshots;
}

interface Phase {
  readonly name: string;
  /** asked for all at once before it begins; given back when the phase `until` ends, or with the whole attempt */
  readonly takes?: (a: Attempt, parts: Parts) => readonly Want[];
  readonly until?: string;
  /** asked when it begins: seconds, or bytes to write back. Left out: the reads of all lanes */
  readonly work?: (a: Attempt, parts: Parts) => number | FlowSpec;
  /** not where the attempt fails with it */
  readonly onEnd?: (a: Attempt, parts: Parts) => void;
  /** with this fault the attempt fails at its end */
  readonly fault?: AttemptFault['phase'];
}

/** The other modes connect. */
const reconfiguring = (a: Attempt, { limits }: Parts): readonly Want[] =>
  a.isLocal ? limits.reconfigure(a) : nothing;

const orphanSinceS = ({ order }: Attempt, { snapshots }: Parts) => snapshots.orphanSinceS(order.vm);
const writeBack = (flow: FlowSpec): number | FlowSpec => (flow.sizeMB === 0 ? 0 : flow);

const table: readonly Phase[] = [
  { name: 'boot', work: (a) => a.bootS },
  // what a failed attempt left behind
  {
    name: 'clean up',
    takes: (a, { limits }) => limits.snapshotLock(a),
    until: 'snapshot',
    work: (a, p) => (orphanSinceS(a, p) === null ? 0 : p.night.overheads.cleanUpS),
  },
  {
    name: 'clean up: commit',
    work(a, p) {
      const sinceS = orphanSinceS(a, p);
      return sinceS === null ? 0 : writeBack(p.snapshots.commit(a.order.vm, sinceS));
    },
    onEnd: (a, { snapshots }) => snapshots.forgetOrphan(a.order.vm),
  },
  { name: 'snapshot: slots', takes: (a, { snapshots }) => snapshots.wants(a), work: () => 0 },
  {
    name: 'snapshot',
    takes: (a, { snapshots, limits }) => (snapshots.isOpen(a.order.vm) ? nothing : limits.operation(a)),
    until: 'snapshot',
    work: (a, { snapshots, night }) => (snapshots.isOpen(a.order.vm) ? 0 : night.overheads.snapshotCreateS),
    onEnd: (a, { snapshots }) => snapshots.open(a.order),
    fault: 'snapshot',
  },
  { name: 'attach: slots', takes: (a, { limits }) => limits.attached(a), until: 'detach', work: () => 0 },
  {
    name: 'attach',
    takes: reconfiguring,
    until: 'attach',
    work: (a, { night }) => (a.isLocal ? night.overheads.attachS : night.overheads.connectS),
    fault: 'attach',
  },
  { name: 'read' },
  {
    name: 'detach',
    takes: reconfiguring,
    until: 'detach',
    work: (a, { night }) => (a.isLocal ? night.overheads.detachS : night.overheads.disconnectS),
    onEnd: (a, { snapshots }) => void (a.removesSinceS = snapshots.leave(a.order)),
  },
  {
    name: 'remove snapshot',
    takes: (a, { limits }) => (a.removesSinceS === null ? nothing : limits.operation(a)),
    until: 'remove snapshot',
    work: (a, { night }) => (a.removesSinceS === null ? 0 : night.overheads.snapshotRemoveS),
  },
  {
    name: 'commit snapshot',
    work: ({ order, removesSinceS }, { snapshots }) =>
      removesSinceS === null ? 0 : writeBack(snapshots.commit(order.vm, removesSinceS)),
    onEnd: (a) => void (a.removesSinceS = null),
  },
  // instead of all others, where what it needs is down or broken from the start
  { name: 'fail at once', work: (_, { night }) => night.faults.failAtOnceS, fault: 'start' },
];

/** The phases at whose end something is given back, apart from what goes back with the whole attempt. */
const giving = [...new Set(table.flatMap(({ until }) => until ?? []))];
export const givingCount = giving.length;
const givingPlace = (phase: string | undefined): number | null =>
  phase !== undefined && giving.includes(phase) ? giving.indexOf(phase) : null;

/** `until`, and where something is given back `gives`: a place among these; null = none. */
export const phases = table.map(({ name, takes, until, work, onEnd, fault }) => ({
  name,
  takes: takes ?? null,
  until: givingPlace(until),
  gives: givingPlace(name),
  work: work ?? null,
  onEnd: onEnd ?? null,
  fault: fault ?? null,
}));

function placeOf(phase: string): number {
  return table.findIndex(({ name }) => name === phase);
}
export const firstPhase = 0;
export const lastPhase = placeOf('commit snapshot');
export const failAtOnce = placeOf('fail at once');
