import type { z } from 'zod';
import { defaultDailyChange, lastResults, priorityClasses, vm as vmSchema } from './compute.ts';
import { isId } from './fields.ts';

// What the schema makes of a VM, made by hand where nothing about the VM is unusual: of a million VMs the schema takes longer
// than the parser of their text. Anything else is asked of the schema.

type Vm = z.output<typeof vmSchema>;
type Disk = Vm['disks'][number];

export interface VmReader {
  /** A value that has the shape of a VM, with its defaults; null = it has not. Names that several VMs have are one text in memory. */
  read(value: unknown): Vm | null;
  /** as `read`, to be kept in the place of the value, so that a million VMs are not there twice */
  replace(value: unknown): unknown;
  /** all of a list, those that were replaced in it before as they are; null = one of them has not the shape */
  readAll(list: readonly unknown[]): Vm[] | null;
}

export function createVmReader(): VmReader {
  const names = { servers: createNames(), stores: createNames(), guests: createNames() };
  const replaced: Vm[] = [];
  const read = (value: unknown) => plainVm(value, names) ?? vmSchema.safeParse(value).data ?? null;
  return {
    read,
    replace(value) {
      const vm = read(value);
      if (vm !== null) replaced.push(vm);
      return vm ?? value;
    },
    readAll(list) {
      if (list.length === replaced.length && replaced.every((vm, i) => vm === list[i])) return replaced;
      const vms: Vm[] = [];
      for (const value of list) {
        const vm = read(value);
        if (vm === null) return null;
        vms.push(vm);
      }
      return vms;
    },
  };
}

/** @returns the text under which the name was first met; null = it is no name */
type Names = (value: unknown) => string | null;
type NamesOf = Readonly<Record<'servers' | 'stores' | 'guests', Names>>;

function createNames(): Names {
  const known = new Map<unknown, string | null>();
  // disks of a VM mostly have one name between them: to compare is sooner done than to find
  let lastValue: unknown = null;
  let lastName: string | null = null;
  return (value) => {
    if (value === lastValue) return lastName;
    let name = known.get(value);
    if (name === undefined) known.set(value, (name = isId(value) ? value : null));
    lastValue = value;
    lastName = name;
    return name;
  };
}

/** @returns null = ask the schema */
function plainVm(value: unknown, names: NamesOf): Vm | null {
  if (typeof value !== 'object' || value === null) return null;
  const raw = value as Partial<Record<keyof Vm, unknown>>;
  const server = names.servers(raw.server);
  const disks = plainDisks(raw.disks, names.stores);
  const { key, poweredOn = true } = raw;
  const priority = choiceOf(priorityClasses, raw.priority, 'normal');
  const lastResult = choiceOf(lastResults, raw.lastResult, 'ok');
  if (!isId(key) || server === null || disks === null || typeof poweredOn !== 'boolean') return null;
  if (priority === null || lastResult === null) return null;
  const given = 3 + isGiven(raw.poweredOn) + isGiven(raw.priority) + isGiven(raw.lastResult);
  const count = countKeys(raw);
  if (count === given) return { key, server, poweredOn, priority, lastResult, disks };
  const guest = names.guests(raw.guest);
  if (guest === null || count !== given + 1) return null;
  return { key, server, poweredOn, guest, priority, lastResult, disks };
}

function plainDisks(value: unknown, names: Names): Disk[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  // not pushed one by one: such a list keeps room for more, and there are a million of them
  const disks = value.map((disk) => plainDisk(disk, names));
  return disks.every((disk) => disk !== null) ? disks : null;
}

function plainDisk(value: unknown, names: Names): Disk | null {
  if (typeof value !== 'object' || value === null) return null;
  const raw = value as Partial<Record<keyof Disk, unknown>>;
  const store = names(raw.store);
  const { allocatedMB, usedMB, dailyChange = defaultDailyChange } = raw;
  if (store === null || countKeys(raw) !== 3 + isGiven(raw.dailyChange)) return null;
  if (typeof allocatedMB !== 'number' || typeof usedMB !== 'number' || typeof dailyChange !== 'number')
    return null;
  if (!(usedMB >= 0 && usedMB <= allocatedMB && allocatedMB <= 1e12)) return null;
  if (!(dailyChange >= 0 && dailyChange <= 1)) return null;
  return { store, allocatedMB, usedMB, dailyChange };
}

const isGiven = (value: unknown): number => (value === undefined ? 0 : 1);

function choiceOf<T>(choices: readonly T[], value: unknown, left: T): T | null {
  if (value === undefined) return left;
  const place = (choices as readonly unknown[]).indexOf(value);
  return place < 0 ? null : choices[place]!;
}

function countKeys(object: object): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}
