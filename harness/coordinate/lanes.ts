import type { Lane } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Vm } from '../model/night.ts';

/**
 * Deals the disks of a unit over its streams: largest first, each to the stream with the fewest MB so far. A stream reads
 * its disks one after another; disks of one device that follow each other are one read.
 *
 * @param disks indices of the VM's disks, at least as many as `streams`
 * @returns `streams` lanes, none of them empty
 */
export function dealLanes(vm: Vm, disks: readonly number[], streams: number): Lane[] {
  const sorted = bySize(vm, disks);
  if (streams === 1) return [laneOf(vm, sorted)];
  // every lane gets one disk before any gets two: a lane of zero-byte disks is a lane too
  const dealt = sorted.slice(0, streams).map((disk) => [disk]);
  const loadMB = dealt.map(([disk]) => vm.disks[disk!]!.toMoveMB);
  for (const disk of sorted.slice(streams)) {
    const k = loadMB.indexOf(Math.min(...loadMB));
    loadMB[k]! += vm.disks[disk]!.toMoveMB;
    dealt[k]!.push(disk);
  }
  return dealt.map((own) => laneOf(vm, own));
}

/** Largest first, then in order. By insertion: a VM has a few disks, and a sort that is made for many takes long to begin. */
function bySize(vm: Vm, disks: readonly number[]): readonly number[] {
  if (disks.length === 1) return disks;
  const sorted = disks.slice();
  for (let i = 1; i < sorted.length; i++) {
    const disk = sorted[i]!;
    const sizeMB = vm.disks[disk]!.toMoveMB;
    let k = i;
    for (; k > 0 && vm.disks[sorted[k - 1]!]!.toMoveMB < sizeMB; k--) sorted[k] = sorted[k - 1]!;
    sorted[k] = disk;
  }
  return sorted;
}

function laneOf(vm: Vm, disks: readonly number[]): Lane {
  const { device, toMoveMB } = vm.disks[disks[0]!]!;
  let last = { device, sizeMB: toMoveMB };
  const lane = [last];
  for (let i = 1; i < disks.length; i++) {
    const disk = vm.disks[disks[i]!]!;
    if (disk.device === last.device) last.sizeMB += disk.toMoveMB;
    else lane.push((last = { device: disk.device, sizeMB: disk.toMoveMB }));
  }
  return lane;
}

/** By how many lanes: the answer where a unit is on one device, which all its lanes read. */
const onOne: (readonly number[])[] = [];

/** @returns of each of the devices how many lanes read it; frozen */
export function countDeviceStreams(devices: readonly Id[], lanes: readonly Lane[]): readonly number[] {
  if (devices.length === 1) return (onOne[lanes.length] ??= Object.freeze([lanes.length]));
  return Object.freeze(
    devices.map((d) =>
      lanes.reduce((count, lane) => count + Number(lane.some((read) => read.device === d)), 0),
    ),
  );
}
