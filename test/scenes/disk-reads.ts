import { drawUniform } from '../../harness/kit/rng.ts';
import type { Trace } from '../../harness/engine/fluid-trace/trace.ts';

/**
 * Reads that all start at 0 s, each of one disk, drawn evenly, at 100 MB/s and of up to 1e9 + 6 bytes: what DSLab's disk
 * benchmark does where nothing else is asked, but for the draws.
 *
 * Source: https://github.com/osukhoroslov/dslab/pull/88
 */
export function diskReads(reads: number, disks: number): Trace {
  const draw = (what: string, i: number) => drawUniform(['disk-reads', what, i]);
  return {
    slots: reads,
    resourceCount: disks,
    flowCount: reads,
    capacityMBps: new Float64Array(disks).fill(100),
    sizeMB: Float64Array.from({ length: reads }, (_, i) => Math.floor(draw('size', i) * (1e9 + 7)) / 1e6),
    capMBps: new Float64Array(reads).fill(1e3),
    atS: null,
    firstUse: Int32Array.from({ length: reads + 1 }, (_, i) => i),
    uses: Int32Array.from({ length: reads }, (_, i) => Math.floor(draw('disk', i) * disks)),
    perMB: null,
  };
}
