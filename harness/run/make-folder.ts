import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writing } from './atomic-write.ts';

/**
 * Makes a folder and what is missing above it. Not by `recursive`: that never returns where a parent exists in which nothing
 * can be made, as in /proc.
 *
 * @throws {WriteError}
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !exists(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.toReversed()) writing(path, () => makeOne(folder));
}

const exists = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // a part of the path is a file: making it will say so
  }
};

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // another process was quicker
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
