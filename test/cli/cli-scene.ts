import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

// The built program, run as a user would run it, on the toy kind.

export const main = fileURLToPath(new URL('../../dist/harness/cli/main.js', import.meta.url));
/** the toy kind with and without its chart */
export const drawn = fileURLToPath(new URL('../toy-kind/kinds.mjs', import.meta.url));
export const chartless = fileURLToPath(new URL('../toy-kind/chartless.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of one test, with files in it. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'proxybench-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** when stderr has shown it */
  readonly shown: (text: RegExp) => Promise<void>;
}

export const start = (args: readonly string[], cwd: string, kinds = chartless): Started =>
  startCommand([process.execPath, main, ...args], cwd, kinds);

export function startCommand([command, ...args]: readonly string[], cwd: string, kinds = chartless): Started {
  const env = { ...process.env, PROXYBENCH_KINDS: kinds, NO_COLOR: '1' };
  const child = spawn(command!, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const shown = (text: RegExp) =>
    new Promise<void>((resolve, reject) => {
      child.stderr.on('data', () => text.test(stderr) && resolve());
      child.once('close', () => reject(new Error(`ended before it showed ${text}:\n${stderr}`)));
    });
  return { child, ended, shown };
}

export const cli = (args: readonly string[], cwd: string, kinds = chartless): Promise<Ended> =>
  start(args, cwd, kinds).ended;

/** What must be equal byte by byte: outcomes, never costs. */
export function resultsOf(folder: string): Record<string, string> {
  const compared = (name: string) => /^(?:trials|parcels)\.csv$|^charts\//u.test(name);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(compared).toSorted();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

export const monday = `name: monday
parcels:
  - { id: a, minutes: 5 }
  - { id: 'b, with "quotes"', minutes: 3 }
  - { id: c, minutes: 9 }
`;

/** 12 cells: 3 strategies, 2 cluster seeds, 2 night seeds. */
export const week = `suite: 1
name: week
why: the tests of the run
documents: [monday.yaml]
strategies: [first-come, shortest-first, 'shuffled[seed=3]']
clusters: 2
nights: 2
`;

/** The same with cells that take a while, for what happens in their midst. */
export const slowly = (ms: number) => ({ 'monday.yaml': `${monday}slowMs: ${ms}\n`, 'week.yaml': week });
