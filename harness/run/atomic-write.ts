import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { WriteError } from '../model/errors.ts';

/** Writes a file as a whole or not at all. @throws {WriteError} */
export function writeAtomic(path: string, text: string): void {
  writeAtomicParts(path, [text]);
}

/** As `writeAtomic`, for what is too long for one string. */
export function writeAtomicParts(path: string, parts: Iterable<string>): void {
  replace(path, (file) => {
    for (const chunk of inChunks(parts)) writeFileSync(file, chunk);
    fsyncSync(file);
  });
}

/** As `writeAtomic`, without waiting for the disk: where the power fails, the file may be short. */
export function writeUnsynced(path: string, parts: Iterable<Uint8Array>): void {
  replace(path, (file) => {
    for (const part of parts) writeFully(file, part);
  });
}

function replace(path: string, write: (file: number) => void): void {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    writing(path, () => {
      const file = openSync(temporary, 'w');
      try {
        write(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    });
  } catch (error) {
    discard(temporary);
    throw error;
  }
}

/** Removes what a failure has left; that it cannot be removed either is no news. */
export function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // the failure itself is what is told
  }
}

const chunkLength = 2 ** 20;

/** A write for every line would take longer than making the lines. */
function* inChunks(parts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const part of parts) {
    chunk += part;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Writes all of it: one write may stop short where a disk fills up. */
export function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Runs what writes to `path`; what the system refuses becomes a `WriteError`. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || error instanceof WriteError) throw error;
    throw new WriteError(`cannot write ${path}: ${reasons[code] ?? 'the system refuses'} (${code})`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EDQUOT: 'the quota is used up',
  EEXIST: 'a file is in the way',
  EFBIG: 'the file may not grow any further',
  EIO: 'the device reports an error',
  EISDIR: 'a folder is in the way',
  ENOENT: 'the folder is gone, or may not be made here',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
};
