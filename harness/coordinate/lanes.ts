import type { Lane } from '../model/executor.ts';
import type { Vm } from '../model/night.ts';

/**
 * Deals the disks of a unit over its streams: largest first, each to the stream with the fewest MB so far. A stream reads
 * its disks one after another; disks of one device that follow each other are one read.
 *
 * @param disks indices of the VM's disks, at least as many as `streams`
 * @returns `streams` lanes, none of them empty
 */
export function dealLanes(vm: Vm, disks: readonly number[], streams: number): Lane[] {
  const lanes: { device: number; sizeMB: number }[][] = Array.from({ length: streams }, () => []);
  const loadMB = lanes.map(() => 0);
  const bySize = disks.toSorted((a, b) => vm.disks[b]!.toMoveMB - vm.disks[a]!.toMoveMB || a - b);
  for (const [n, d] of bySize.entries()) {
    const { device, toMoveMB } = vm.disks[d]!;
    // every lane gets one disk before any gets two: a lane of zero-byte disks is a lane too
    const k = n < streams ? n : loadMB.indexOf(Math.min(...loadMB));
    loadMB[k]! += toMoveMB;
    const lane = lanes[k]!;
    const last = lane.at(-1);
    if (last?.device === device) last.sizeMB += toMoveMB;
    else lane.push({ device, sizeMB: toMoveMB });
  }
  return lanes;
}

/** Devices that the lanes read, ascending, and how many lanes read each of them. */
export function countDeviceStreams(lanes: readonly Lane[]): {
  readonly devices: readonly number[];
  readonly deviceStreams: readonly number[];
} {
  const streams = new Map<number, number>();
  for (const lane of lanes)
    for (const device of new Set(lane.map((read) => read.device)))
      streams.set(device, (streams.get(device) ?? 0) + 1);
  const devices = [...streams.keys()].toSorted((a, b) => a - b);
  return {
    devices: Object.freeze(devices),
    deviceStreams: Object.freeze(devices.map((d) => streams.get(d)!)),
  };
}
