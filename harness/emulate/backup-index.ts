import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One stream that was kept. */
export interface BackupFile {
  readonly file: string;
  readonly vm: string;
  readonly attempt: number;
  /** SHA-256 of what was read, and restored alike */
  readonly sha256: string;
}

export const backupIndexName = 'index.json';

/** @returns the folder, which is new */
export function makeBackupFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Says which files of the folder are whole, and removes the others: of attempts that failed or were cut off. */
export function writeBackupIndex(folder: string, files: readonly BackupFile[]): void {
  const kept = new Set(files.map(({ file }) => file));
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name));
  const path = join(folder, backupIndexName);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(files, null, 1)}\n`);
  renameSync(`${path}.tmp`, path);
}
