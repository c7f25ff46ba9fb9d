import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '../../model/facts.ts';
import { alignedBlock } from './aligned-block.ts';

/** Where VMs are read from: the same bytes at every read. */
export interface Source {
  /** @returns a block of a VM's image, good until the next read. @throws {Error} where the data cannot be read */
  read(vm: Id, block: number): Buffer;
  close(): void;
}

/** Blocks that repeat themselves, so that half of a block compresses to nothing; each has its own head. */
const patternBytes = 1 << 22;

/** Made up as it is read: seeded, partly compressible, no two blocks alike. */
export function createMemorySource(blockBytes: number): Source {
  const pattern = makePattern();
  const into = Buffer.alloc(blockBytes);
  return {
    read(vm, block) {
      const at = (Math.imul(vm + 1, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)) >>> 0;
      const half = blockBytes >> 1;
      pattern.copy(into, 0, at % (patternBytes - half), (at % (patternBytes - half)) + half);
      into.fill(at & 0xff, half, blockBytes);
      into.writeUInt32LE(vm, 0);
      into.writeUInt32LE(block, 4);
      return into;
    },
    close() {},
  };
}

function makePattern(): Buffer {
  const pattern = Buffer.alloc(patternBytes);
  // xorshift32, seed 1: G. Marsaglia, Xorshift RNGs, 2003
  let x = 1;
  for (let i = 0; i < patternBytes; i += 4) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    pattern.writeInt32LE(x | 0, i);
  }
  return pattern;
}

export const imageName = (vm: Id): string => `vm-${vm}.img`;

/** Files of a folder, one for each VM, made by `prepareImages`. @param direct past the cache: what the disk itself does */
export function createFileSource(folder: string, blockBytes: number, direct: boolean): Source {
  const files = new Map<Id, number>();
  const into = direct ? alignedBlock(blockBytes) : Buffer.alloc(blockBytes);
  const flags = constants.O_RDONLY | (direct ? constants.O_DIRECT : 0);
  return {
    read(vm, block) {
      let file = files.get(vm);
      if (file === undefined) files.set(vm, (file = openSync(join(folder, imageName(vm)), flags)));
      const got = readSync(file, into, 0, blockBytes, block * blockBytes);
      if (got !== blockBytes) throw new Error(`${imageName(vm)} ends in block ${block}`);
      return into;
    },
    close() {
      for (const file of files.values()) closeSync(file);
      files.clear();
    },
  };
}
