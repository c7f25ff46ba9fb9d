import { drawUniform } from '../kit/rng.ts';
import type { Document } from '../model/document/document.ts';
import { parseTimeOfDay } from '../model/units.ts';

export interface Shake {
  readonly clusterSeed: number;
  readonly nightSeed: number;
  readonly shake: number;
}

/**
 * The same estate with changes that no administrator would call one: VMs and proxies in another order, every VM up to 1 %
 * smaller or larger, every job up to a minute earlier or later. How far a strategy's figures move by them is noise.
 */
export function shakeDocument(document: Document, { clusterSeed, nightSeed, shake }: Shake): Document {
  const draw = (...of: readonly string[]) => drawUniform([shake, clusterSeed, nightSeed, 'shake', ...of]);
  return {
    ...document,
    vms: shuffled(document.vms, (vm) => draw('order of VMs', vm.key)).map((vm) => {
      const factor = 1 + sizeShare * (2 * draw('size', vm.key) - 1);
      const disks = vm.disks.map((disk) => ({
        ...disk,
        allocatedMB: disk.allocatedMB * factor,
        usedMB: disk.usedMB * factor,
      }));
      return { ...vm, disks };
    }),
    proxies: shuffled(document.proxies, (proxy) => draw('order of proxies', proxy.id)),
    jobs: document.jobs.map((job) => ({
      ...job,
      start: movedBy(job.start, Math.floor(3 * draw('start', job.id)) - 1),
    })),
  };
}

const sizeShare = 0.01;

function shuffled<T>(list: readonly T[], drawOf: (item: T) => number): T[] {
  return list
    .map((item) => ({ item, place: drawOf(item) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Times of day are whole minutes. A night runs from noon to noon: none is moved across. */
function movedBy(time: string, minutes: number): string {
  const at = parseTimeOfDay(time) / 60;
  const moved =
    at === noon && minutes < 0 ? at : at === noon - 1 && minutes > 0 ? at : (at + minutes + day) % day;
  return [Math.floor(moved / 60), moved % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

const day = 1440;
const noon = 720;
