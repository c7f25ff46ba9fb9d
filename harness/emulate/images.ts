import type { ReadPlace } from '../attempt/flows.ts';
import type { Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night, Vm } from '../model/night.ts';
import { blocksOf } from './paced-flows.ts';

/** Blocks that the image of a VM has: enough for its disks, whatever lanes they are dealt to. */
export const imageBlocks = ({ disks }: Vm, blockMB: number): number =>
  disks.reduce((sum, disk) => sum + blocksOf(disk.toMoveMB, blockMB), 0);

/**
 * Where in the image of its VM a read begins: behind the lanes before it, and the reads before it in its own. One unit may be
 * a disk of the VM: it begins where that disk does.
 */
export function createImages(
  night: Night,
  blockMB: number,
): (order: Order, reads: ReadPlace) => { firstBlock: number; compress: boolean } {
  const startOfDisk = (vm: Id, disk: number) =>
    night.vms[vm]!.disks.slice(0, disk).reduce((sum, d) => sum + blocksOf(d.toMoveMB, blockMB), 0);
  return ({ job, vm, disks, lanes }, { lane, place }) => {
    const whole = disks.length === night.vms[vm]!.disks.length;
    const before = [...lanes.slice(0, lane).flat(), ...lanes[lane]!.slice(0, place)];
    const blocks = before.reduce((sum, read) => sum + blocksOf(read.sizeMB, blockMB), 0);
    return {
      firstBlock: (whole ? 0 : startOfDisk(vm, disks[0]!)) + blocks,
      compress: night.jobs[job]!.reducedAt === 'proxy' && night.jobs[job]!.dataReduction > 1,
    };
  };
}
