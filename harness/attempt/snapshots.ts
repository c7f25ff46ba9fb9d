import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Disk, Night, Vm } from '../model/night.ts';
import type { FlowSpec, Use } from './flows.ts';
import type { Limits, Placed } from './limits.ts';
import type { Resources } from './resources.ts';
import type { Tokens, Want } from './tokens.ts';

// Open snapshots: attempts at disks of one VM share one. Removing it is I/O: its delta is read and written back on the
// devices (night.md N7). What a failed attempt leaves behind is cleaned up before the next (N9).

export interface Snapshots {
  isOpen(vm: Id): boolean;
  /** slots on the data stores that no other attempt at the VM holds yet; what others hold comes to this one when they end */
  wants(a: Placed): readonly Want[];
  open(order: Order): void;
  /** The attempt has read all. @returns when the snapshot was opened, where it was the last that used it and is to remove it; else null */
  leave(order: Order): number | null;
  /**
   * The attempt ends: slots go to another attempt at the VM, where there is one; a snapshot that nobody else uses, or that it has
   * left and not removed, is left behind.
   *
   * @param leftSinceS when the snapshot was opened that it has left and not removed; null = there is none
   */
  drop(order: Order, leftSinceS: number | null): void;
  /** when the snapshot was opened that was left behind; null = none was */
  orphanSinceS(vm: Id): number | null;
  forgetOrphan(vm: Id): void;
  /** writing back what the guest wrote since the snapshot was opened */
  commit(vm: Id, sinceS: number): FlowSpec;
}

/** The delta is read and written: both are work for the device. */
const passes = 2;

/** The attempts at one VM. */
interface AtVm {
  /** that read under its snapshot */
  readonly users: number[];
  /** when that was opened */
  openedS: number;
  /** that count for slots; the first that wanted a slot holds it */
  readonly holders: { readonly attempt: number; readonly wants: readonly Want[] }[];
}

export function createSnapshots(
  night: Night,
  parts: { r: Resources; tokens: Tokens; limits: Limits; now: () => number },
): Snapshots {
  const { r, tokens, limits, now } = parts;
  /** by VM; undefined = there is no attempt at it */
  const atVms: (AtVm | undefined)[] = night.vms.map(() => undefined);
  /** by VM: when the snapshot was opened that was left behind; null = none was */
  const orphans: (number | null)[] = night.vms.map(() => null);
  /** by device: the way of a delta that one disk takes */
  const wholly = r.device.map((resource): Use[] => [{ resource, perMB: passes }]);

  function leave({ vm, attempt }: Order): number | null {
    const at = atVms[vm];
    if (at === undefined) return null;
    const place = at.users.indexOf(attempt);
    if (place < 0) return null;
    at.users.splice(place, 1);
    return at.users.length > 0 ? null : at.openedS;
  }

  return {
    isOpen: (vm) => (atVms[vm]?.users.length ?? 0) > 0,
    wants(a) {
      const { vm, attempt } = a.order;
      const wants = limits.snapshot(a);
      let at = atVms[vm];
      if (at === undefined) atVms[vm] = at = { users: [], openedS: 0, holders: [] };
      const { holders } = at;
      const left =
        holders.length === 0
          ? wants
          : wants.filter(({ pool }) => !holders.some((h) => h.wants.some((w) => w.pool === pool)));
      // from now on: who holds them may end before this attempt has opened its snapshot
      holders.push({ attempt, wants });
      return left;
    },
    open({ vm, attempt }) {
      const at = atVms[vm]!;
      if (at.users.length === 0) at.openedS = now();
      at.users.push(attempt);
    },
    leave,
    drop(order, leftSinceS) {
      const { vm, attempt } = order;
      const sinceS = leave(order) ?? leftSinceS;
      if (sinceS !== null) orphans[vm] = Math.min(sinceS, orphans[vm] ?? sinceS);
      const at = atVms[vm];
      if (at === undefined) return;
      const place = at.holders.findIndex((h) => h.attempt === attempt);
      if (place >= 0) at.holders.splice(place, 1);
      if (at.holders.length === 0) {
        atVms[vm] = undefined;
        return;
      }
      for (const { attempt: other, wants } of at.holders) {
        const own = tokens.heldBy(attempt); // less after each that was handed some
        if (own.length === 0) break;
        const kept = wants.filter((w) => own.some((o) => o.pool === w.pool));
        if (kept.length > 0) tokens.hand(attempt, other, kept);
      }
    },
    orphanSinceS: (vm) => orphans[vm]!,
    forgetOrphan: (vm) => void (orphans[vm] = null),
    commit(vmId, sinceS) {
      const vm = night.vms[vmId]!;
      return {
        sizeMB: vm.writeMBps * (now() - sinceS),
        capMBps: night.overheads.snapshotCommitMBps,
        uses: vm.disks.length === 1 ? wholly[vm.disks[0]!.device]! : commitUses(vm, r),
      };
    },
  };
}

/** Every device of the VM takes its share of the delta. By index: for one an attempt, iterators would cost the most. */
function commitUses({ disks }: Vm, r: Resources): Use[] {
  let usedMB = 0;
  for (let n = 0; n < disks.length; n++) usedMB += disks[n]!.usedMB;
  const shareOf = (d: Disk) => (usedMB === 0 ? 1 / disks.length : d.usedMB / usedMB);
  const uses: Use[] = [];
  const devices: Id[] = [];
  for (let n = 0; n < disks.length; n++) {
    const { device } = disks[n]!;
    if (devices.includes(device)) continue;
    devices.push(device);
    let share = 0;
    for (let m = n; m < disks.length; m++) if (disks[m]!.device === device) share += shareOf(disks[m]!);
    if (share > 0) uses.push({ resource: r.device[device]!, perMB: passes * share });
  }
  return uses;
}
