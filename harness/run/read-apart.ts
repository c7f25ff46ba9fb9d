import { statSync } from 'node:fs';
import { UserError } from '../model/errors.ts';
import type { StoredDocument } from '../model/kind.ts';

/** A suite is shorter: what is longer is a document. */
const longBytes = 2 ** 22;

/** By path: what was read, or what is wrong with it. */
export type ReadApart = ReadonlyMap<string, StoredDocument | UserError>;

/**
 * Reads documents that are long where their cells will be computed: so they are read once, and are in memory once.
 *
 * @param read on a thread
 */
export async function readApart(
  files: readonly string[],
  read: (path: string) => Promise<StoredDocument>,
): Promise<ReadApart> {
  const found = new Map<string, StoredDocument | UserError>();
  for (const path of new Set(files)) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size <= longBytes) continue;
    try {
      found.set(path, await read(path));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      found.set(path, error); // told with the problems of all files
    }
  }
  return found;
}
