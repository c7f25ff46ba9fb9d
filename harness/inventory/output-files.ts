import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { systemWords, WriteError } from '../model/errors.ts';

export interface OutputFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/**
 * Writes all files or none: each beside its place first, then all are moved there.
 *
 * @throws {WriteError} where a folder is full, read-only or not there
 */
export async function writeFiles(files: readonly OutputFile[]): Promise<void> {
  const mark = `.${randomBytes(4).toString('hex')}.part`;
  try {
    for (const { path } of files) await refuseFolder(path);
    for (const { path, text, mode } of files) await writeFile(path + mark, text, { mode, flag: 'wx' });
    for (const { path } of files) await rename(path + mark, path);
  } catch (error) {
    await Promise.all(files.map(({ path }) => rm(path + mark, { force: true })));
    const { code, message } = error as NodeJS.ErrnoException;
    throw new WriteError(
      `${files.map((f) => f.path).join(', ')}: cannot be written (${code === 'ENOENT' ? 'there is no such folder' : systemWords(code ?? message)})`,
    );
  }
}

/** Else the last move would fail when others are done. */
async function refuseFolder(path: string): Promise<void> {
  const there = await stat(path).catch(() => null); // none, or not to be seen: writing will tell
  if (there?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
}
