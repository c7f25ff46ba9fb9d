import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { FlowSpec } from './flows.ts';
import type { Limits } from './limits.ts';
import type { Resources } from './resources.ts';
import type { Tokens, Want } from './tokens.ts';

// Open snapshots: attempts at disks of one VM share one. Removing it is I/O: its delta is read and written back on the
// devices (night.md N7). What a failed attempt leaves behind is cleaned up before the next (N9).

export interface Snapshots {
  isOpen(vm: Id): boolean;
  /** slots on the data stores that no other attempt at the VM holds yet; what others hold comes to this one when they end */
  wants(order: Order): Want[];
  open(order: Order): void;
  /** The attempt has read all. @returns when the snapshot was opened, where it was the last that used it and is to remove it; else null */
  leave(order: Order): number | null;
  /** the attempt has removed what it was to remove */
  removed(order: Order): void;
  /** The attempt ends: slots go to another attempt at the VM, where there is one; a snapshot that nobody else uses and that it has not removed is left behind. */
  drop(order: Order): void;
  /** when the snapshot was opened that was left behind; null = none was */
  orphanSinceS(vm: Id): number | null;
  forgetOrphan(vm: Id): void;
  /** writing back what the guest wrote since the snapshot was opened */
  commit(vm: Id, sinceS: number): FlowSpec;
}

/** The delta is read and written: both are work for the device. */
const passes = 2;

export function createSnapshots(
  night: Night,
  parts: { r: Resources; tokens: Tokens; limits: Limits; now: () => number },
): Snapshots {
  const { r, tokens, limits, now } = parts;
  /** by VM: attempts that read under its snapshot */
  const users = new Map<Id, Set<number>>();
  /** by VM: attempts that count for slots, with their wants; the first that wanted a slot holds it */
  const holders = new Map<Id, Map<number, Want[]>>();
  const openedS = new Map<Id, number>();
  /** by attempt that removes a snapshot: when that was opened */
  const removing = new Map<number, number>();
  const orphans = new Map<Id, number>();

  const holdersOf = (vm: Id) => holders.get(vm) ?? new Map<number, Want[]>();

  function leave({ vm, attempt }: Order): number | null {
    const reading = users.get(vm);
    if (reading?.delete(attempt) !== true || reading.size > 0) return null;
    users.delete(vm);
    const sinceS = openedS.get(vm)!;
    removing.set(attempt, sinceS);
    return sinceS;
  }

  return {
    isOpen: (vm) => users.has(vm),
    wants(order) {
      const held = new Set([...holdersOf(order.vm).values()].flat().map((w) => w.pool));
      const wants = limits.snapshot(order);
      // from now on: who holds them may end before this attempt has opened its snapshot
      holders.set(order.vm, holdersOf(order.vm).set(order.attempt, wants));
      return wants.filter((w) => !held.has(w.pool));
    },
    open(order) {
      if (!users.has(order.vm)) {
        openedS.set(order.vm, now());
        users.set(order.vm, new Set());
      }
      users.get(order.vm)!.add(order.attempt);
    },
    leave,
    removed: ({ attempt }) => void removing.delete(attempt),
    drop(order) {
      const sinceS = leave(order) ?? removing.get(order.attempt) ?? null;
      removing.delete(order.attempt);
      if (sinceS !== null) orphans.set(order.vm, Math.min(sinceS, orphans.get(order.vm) ?? sinceS));
      const ofVm = holdersOf(order.vm);
      ofVm.delete(order.attempt);
      if (ofVm.size === 0) holders.delete(order.vm);
      const own = tokens.heldBy(order.attempt);
      for (const [other, wants] of ofVm) {
        const kept = wants.filter((w) => own.some((o) => o.pool === w.pool));
        if (kept.length > 0) tokens.hand(order.attempt, other, kept);
      }
    },
    orphanSinceS: (vm) => orphans.get(vm) ?? null,
    forgetOrphan: (vm) => void orphans.delete(vm),
    commit(vmId, sinceS) {
      const vm = night.vms[vmId]!;
      const deltaMB = vm.writeMBps * (now() - sinceS);
      const usedMB = vm.disks.reduce((sum, d) => sum + d.usedMB, 0);
      const weight = (d: (typeof vm.disks)[number]) =>
        usedMB === 0 ? 1 / vm.disks.length : d.usedMB / usedMB;
      const devices = [...new Set(vm.disks.map((d) => d.device))];
      const uses = devices.map((device) => ({
        resource: r.device[device]!,
        perMB: passes * vm.disks.reduce((sum, d) => sum + (d.device === device ? weight(d) : 0), 0),
      }));
      return {
        sizeMB: deltaMB,
        capMBps: night.overheads.snapshotCommitMBps,
        uses: uses.filter((u) => u.perMB > 0),
      };
    },
  };
}
