import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, resultsOf } from './cli-scene.ts';

const files = { 'monday.yaml': monday };

const run = (folder: string, strategies: readonly string[], ...more: readonly string[]) =>
  cli(['run', 'monday.yaml', '-o', 'out', ...strategies.flatMap((name) => ['-s', name]), ...more], folder);

/** status by strategy, from trials.csv */
function statuses(folder: string): Record<string, string> {
  const lines = resultsOf(join(folder, 'out'))['trials.csv']!.split('\n').slice(1, -1);
  return Object.fromEntries(
    lines.map((line) => line.split(',')).map((cells) => [cells[2], cells[5]] as [string, string]),
  );
}

test('an endless loop costs its own cell only', async () => {
  const folder = folderWith(files);
  const { code, stdout } = await run(folder, ['loops', 'first-come'], '--timeout', '3', '-j', '1');
  expect(code).toBe(22);
  expect(statuses(folder)).toEqual({ loops: 'timeout', 'first-come': 'ok' });
  expect(stdout).toContain('loops: timeout: took longer than 3 s');
});

test('a thread that dies costs its own cell only', async () => {
  const folder = folderWith(files);
  const { code } = await run(folder, ['dies', 'first-come', 'shortest-first'], '-j', '2');
  expect(code).toBe(22);
  expect(statuses(folder)).toEqual({ dies: 'lost', 'first-come': 'ok', 'shortest-first': 'ok' });
});

test('what the clock or a thread has ended is computed again, what a strategy has is not', async () => {
  const folder = folderWith(files);
  const strategies = ['loops', 'crashes', 'breaks-the-rules'];
  await run(folder, strategies, '--timeout', '3');
  const { stdout, code } = await run(folder, strategies, '--timeout', '3');
  expect(stdout).toContain('1 cell computed, 2 kept from before.');
  expect(code).toBe(22);
});

test('crashes and broken rules are not computed: 22; what a strategy lacks is shown: 0', async () => {
  const folder = folderWith(files);
  expect((await run(folder, ['crashes'])).code).toBe(22);
  expect((await run(folder, ['breaks-the-rules'])).code).toBe(22);
  const { code, stdout } = await run(folder, ['cannot', 'first-come']);
  expect(code).toBe(0);
  expect(stdout).toContain('cannot: unsupported: the strategy says unsupported');
});

test('a bug in what computes stops the run with its stack', async () => {
  const folder = folderWith(files);
  const { code, stderr, stdout } = await run(folder, ['bug'], '--json');
  expect(code).toBe(1);
  expect(stderr).toContain('RangeError: a bug in the toy\n    at');
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 1 });
  expect(resultsOf(join(folder, 'out'))).toEqual({});
});

test('a metric that is no number is a bug', async () => {
  const { code, stderr } = await run(folderWith(files), ['not-a-number']);
  expect(code).toBe(1);
  expect(stderr).toContain('$.metrics.mean_wait: NaN');
});
