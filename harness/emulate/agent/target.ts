import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a media agent keeps of one stream: blocks, in order, as they came. */
export interface Deposit {
  append(block: Uint8Array): void;
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
    let blocks: Uint8Array[] = [];
    let bytes = 0;
    const letGo = () => (blocks = []);
    return {
      append(block) {
        blocks.push(block);
        bytes += block.length;
      },
      read: (block) => Buffer.from(blocks[block]!.buffer, blocks[block]!.byteOffset, blocks[block]!.length),
      storedBytes: () => bytes,
      keep: letGo,
      discard: letGo,
    };
  },
};

/** A file for each stream; which of them are whole, the index of the folder says. */
export const folderTarget = (folder: string): Target => ({
  open(name) {
    const path = join(folder, `${name}.backup`);
    const file = openSync(path, 'w+');
    const starts = [0];
    return {
      append(block) {
        const at = starts.at(-1)!;
        for (let done = 0; done < block.length;)
          done += writeSync(file, block, done, block.length - done, at + done);
        starts.push(at + block.length);
      },
      read(block) {
        const bytes = Buffer.alloc(starts[block + 1]! - starts[block]!);
        readSync(file, bytes, 0, bytes.length, starts[block]!);
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
});
