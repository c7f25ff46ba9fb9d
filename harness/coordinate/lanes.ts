import type { Lane } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Vm } from '../model/night.ts';

type Read = { device: Id; sizeMB: number };

/**
 * Deals the disks of a unit over its streams: largest first, each to the stream with the fewest MB so far. A stream reads
 * its disks one after another; disks of one device that follow each other are one read.
 *
 * @param disks indices of the VM's disks, at least as many as `streams`
 * @returns `streams` lanes, none of them empty
 */
export function dealLanes(vm: Vm, disks: readonly number[], streams: number): Lane[] {
  const lanes: Read[][] = [];
  const loadMB: number[] = [];
  const bySize =
    disks.length === 1
      ? disks
      : disks.toSorted((a, b) => vm.disks[b]!.toMoveMB - vm.disks[a]!.toMoveMB || a - b);
  for (const d of bySize) {
    const { device, toMoveMB } = vm.disks[d]!;
    // every lane gets one disk before any gets two: a lane of zero-byte disks is a lane too
    if (lanes.length < streams) {
      lanes.push([{ device, sizeMB: toMoveMB }]);
      loadMB.push(toMoveMB);
      continue;
    }
    const k = streams === 1 ? 0 : loadMB.indexOf(Math.min(...loadMB));
    loadMB[k]! += toMoveMB;
    const lane = lanes[k]!;
    const last = lane.at(-1)!;
    if (last.device === device) last.sizeMB += toMoveMB;
    else lane.push({ device, sizeMB: toMoveMB });
  }
  return lanes;
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
