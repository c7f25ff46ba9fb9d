import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { systemWords, UserError } from '../model/errors.ts';
import type { TextLines } from '../model/text-lines.ts';

/** Above this a file is read line by line: V8 has no string of more than 512 MB. */
const longestText = 2 ** 27;
const chunkBytes = 2 ** 20;

/** @throws {UserError} where it cannot be read or is no UTF-8 */
export function readText(path: string): string | TextLines {
  return reading(path, () => {
    const file = openSync(path, 'r');
    try {
      return fstatSync(file).size > longestText
        ? { lines: () => linesOf(path) }
        : decoder().decode(readFileSync(file));
    } finally {
      closeSync(file);
    }
  });
}

const decoder = () => new TextDecoder('utf-8', { fatal: true });

function* linesOf(path: string): Generator<string> {
  const text = decoder();
  let rest = '';
  for (const bytes of readPieces(path)) {
    const lines = (rest + reading(path, () => text.decode(bytes, { stream: true }))).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest + reading(path, () => text.decode());
}

/** The bytes of a file, piece by piece: each is gone when the next is asked for. @throws {UserError} */
export function* readPieces(path: string): Generator<Uint8Array> {
  const file = reading(path, () => openSync(path, 'r'));
  const bytes = Buffer.alloc(chunkBytes);
  try {
    for (;;) {
      const count = reading(path, () => readSync(file, bytes));
      if (count === 0) return;
      yield bytes.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new UserError(`${path}: is no UTF-8 text`);
    if (code === undefined) throw error;
    throw new UserError(`${path}: cannot be read (${systemWords(code)})`);
  }
}
