import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { alignedBlock } from './aligned-block.ts';

/** What a media agent keeps of one stream: blocks, in order, as they came. */
export interface Deposit {
  append(block: Buffer): void;
  /** good until the next read */
  read(block: number): Buffer;
  storedBytes(): number;
  /** all of it is there and was restored */
  keep(): void;
  /** what a failed stream has left */
  discard(): void;
}

export interface Target {
  open(name: string): Deposit;
}

/** In memory, and let go once it has been restored. */
export const memoryTarget: Target = {
  open() {
    let blocks: Buffer[] = [];
    let bytes = 0;
    const letGo = () => (blocks = []);
    return {
      append(block) {
        blocks.push(Buffer.from(block));
        bytes += block.length;
      },
      read: (block) => blocks[block]!,
      storedBytes: () => bytes,
      keep: letGo,
      discard: letGo,
    };
  },
};

export const backupName = (attempt: number, lane: number, place: number): string =>
  `attempt-${attempt}-${lane}-${place}.backup`;

/**
 * A file for each stream; which of them are whole, the index of the folder says.
 *
 * @param directBytes of every block, which then go past the cache; null = blocks of any length
 */
export function folderTarget(folder: string, directBytes: number | null): Target {
  const flags = constants.O_CREAT | constants.O_TRUNC | constants.O_RDWR;
  const aligned =
    directBytes === null ? null : { in: alignedBlock(directBytes), out: alignedBlock(directBytes) };
  return {
    open(name) {
      const path = join(folder, name);
      const file = openSync(path, aligned === null ? flags : flags | constants.O_DIRECT);
      const starts = [0];
      return {
        append(given) {
          const at = starts.at(-1)!;
          const block = aligned === null ? given : aligned.out;
          if (aligned !== null) given.copy(block);
          for (let done = 0; done < block.length;)
            done += writeSync(file, block, done, block.length - done, at + done);
          starts.push(at + block.length);
        },
        read(block) {
          const [from, to] = [starts[block]!, starts[block + 1]!];
          const bytes = aligned === null ? Buffer.alloc(to - from) : aligned.in;
          readSync(file, bytes, 0, to - from, from);
          return bytes;
        },
        storedBytes: () => starts.at(-1)!,
        keep: () => closeSync(file),
        discard() {
          closeSync(file);
          rmSync(path, { force: true });
        },
      };
    },
  };
}
