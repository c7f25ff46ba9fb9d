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
  const file = reading(path, () => openSync(path, 'r'));
  const text = decoder();
  const bytes = Buffer.alloc(chunkBytes);
  try {
    let rest = '';
    for (;;) {
      const [count, piece] = reading(path, () => {
        const n = readSync(file, bytes);
        return [n, text.decode(bytes.subarray(0, n), { stream: n > 0 })];
      });
      if (count === 0) break;
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
    yield rest;
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
