import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { writing } from './atomic-write.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** tells a process from a later one with the same number; null = the system does not say */
  readonly started: string | null;
}

/**
 * Keeps a folder to one run at a time. What a killed run has left is taken over.
 *
 * @returns gives it free
 * @throws {UserError} where another run holds it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  if (!claim(path)) {
    takeAway(path);
    if (!claim(path)) throw heldBy(path, 'another run');
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  return () => {
    process.off('exit', release);
    release();
  };
}

function claim(path: string): boolean {
  const me: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  return writing(path, () => {
    try {
      writeFileSync(path, `${JSON.stringify(me)}\n`, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Removes the lock of a process that is gone; by renaming, so that of two runs that try only one succeeds. */
function takeAway(path: string): void {
  const text = readOr(path, '');
  const holder = parseHolder(text);
  if (holder === null) throw heldBy(path, 'another run');
  if (isAlive(holder)) throw heldBy(path, `another run (process ${holder.pid} on ${holder.host})`);
  const aside = `${path}.${process.pid}`;
  writing(path, () => renameSync(path, aside));
  if (readOr(aside, text) === text) rmSync(aside, { force: true });
  else renameSync(aside, path); // another run was quicker, and this is its lock
}

const heldBy = (path: string, who: string): UserError =>
  new UserError(`${who} is writing to this folder; if it is over, delete ${path}`);

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null; // being written, or cut short
  }
}

function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true; // cannot be asked from here
  if (pid === process.pid) return false; // the number has come round, as in a container
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === null || started === startOf(pid);
}

/** Start time of a process in ticks since boot, field 22 of its stat on Linux. */
function startOf(pid: number): string | null {
  const stat = readOr(`/proc/${pid}/stat`, '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise; // not there (any more)
  }
}
