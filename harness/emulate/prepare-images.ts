import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../model/errors.ts';
import type { Night } from '../model/night.ts';
import { createMemorySource, imageName } from './agent/source.ts';
import { imageBlocks } from './images.ts';

/** What the images of a folder are: one file for each VM that is read. */
export interface Images {
  /** of the document and its seeds */
  readonly night: string;
  readonly blockBytes: number;
  /** of the night, that a block stands for */
  readonly blockMB: number;
}

const indexName = 'images.json';

/** @throws {UserError} where the folder holds none, or those of another night */
export function readImages(folder: string, night: string, blockBytes: number): Images {
  const path = join(folder, indexName);
  if (!existsSync(path)) throw new UserError(`--data ${folder}: no images there; --prepare makes them`);
  const images = JSON.parse(readFileSync(path, 'utf8')) as Images;
  if (images.night !== night || images.blockBytes !== blockBytes)
    throw new UserError(`--data ${folder}: the images there are of another night; --prepare makes them anew`);
  return images;
}

/**
 * Writes what a memory source would make up. The index comes last: a folder without it holds nothing of use.
 *
 * @throws what the signal was aborted with; nothing is left then
 */
export async function prepareImages(
  folder: string,
  { vms }: Night,
  images: Images,
  signal: AbortSignal,
): Promise<void> {
  const source = createMemorySource(images.blockBytes);
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, indexName), { force: true });
  const made: string[] = [];
  try {
    for (const vm of vms) {
      const blocks = imageBlocks(vm, images.blockMB);
      if (blocks === 0) continue;
      const path = join(folder, imageName(vm.id));
      made.push(path);
      const file = openSync(path, 'w');
      for (let block = 0; block < blocks; block++) writeSync(file, source.read(vm.id, block));
      // what is still to be written would slow the night
      fsyncSync(file);
      closeSync(file);
      await setImmediate();
      signal.throwIfAborted();
    }
    const index = join(folder, indexName);
    writeFileSync(`${index}.tmp`, `${JSON.stringify(images)}\n`);
    renameSync(`${index}.tmp`, index);
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    throw error;
  }
}
