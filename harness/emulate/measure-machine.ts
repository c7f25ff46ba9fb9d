import { createMemorySource } from './agent/source.ts';
import { memoryTarget } from './agent/target.ts';
import { createTransfer } from './agent/transfer.ts';
import { allocatePacer } from './pacer/layout.ts';
import { createPacer } from './pacer/pacer.ts';

/** What this machine can move. */
export interface Machine {
  readonly threads: number;
  /** that one thread paces, reads, hashes, compresses, writes, restores and compares in a second */
  readonly blocksPerS: number;
}

/** resources on the way of a stream, as of most */
const hops = 9;
const blocksARound = 64;

const samples = 7;

/** Does what a host does, for about `forMs`, as fast as it goes; the middle of several samples, as one may meet a pause. */
export function measureMachine(threads: number, blockBytes: number, forMs = 280): Machine {
  const source = createMemorySource(blockBytes);
  const rates = Array.from({ length: samples }, () => sample(source, forMs / samples));
  return { threads, blocksPerS: rates.toSorted((a, b) => a - b)[(samples - 1) / 2]! };
}

function sample(source: ReturnType<typeof createMemorySource>, forMs: number): number {
  const fromMs = performance.now();
  let blocks = 0;
  for (; performance.now() - fromMs < forMs; blocks += blocksARound) moveRound(source);
  return (blocks / (performance.now() - fromMs)) * 1000;
}

function moveRound(source: ReturnType<typeof createMemorySource>): void {
  const pacer = createPacer(
    allocatePacer({ resources: hops, slots: 1, hops: hops + 1, blockMB: 1, isShaped: true }),
  );
  const uses = Array.from({ length: hops }, (_, resource) => ({ resource, perMB: 1 }));
  for (const { resource } of uses) pacer.setResource(resource, { capacity: 1, efficiency: { kind: 'none' } });
  const slot = pacer.open({ blocks: blocksARound, lastMB: 1, capMBps: 1, uses }, 0);
  const reads = { vm: 0, firstBlock: 0, lane: 0, place: 0, compress: true, fails: false };
  const transfer = createTransfer(
    { flow: 0, slot, proxy: 0, attempt: 0, blocks: blocksARound, reads },
    { source, deltas: source, target: memoryTarget, wrote: () => pacer.wrote(slot) },
  );
  for (let nowS = 0; transfer.work(pacer.arrived(slot), blocksARound) === null; nowS++) pacer.drive(nowS);
}
