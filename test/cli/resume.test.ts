import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, drawn, folderWith, resultsOf, slowly, start } from './cli-scene.ts';

const command = ['run', 'week.yaml', '-o', 'out', '-j', '2'];

const kept = (stdout: string) => Number(/(\d+) kept from before/u.exec(stdout)?.[1] ?? 0);

test('killed in mid-run, then the same command: the bytes of an undisturbed run', async () => {
  const folder = folderWith(slowly(100));
  const { child, ended, shown } = start(command, folder, drawn);
  await shown(/[3-9] of 12 cells/u);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  const out = join(folder, 'out');
  expect(resultsOf(out)).toEqual({});
  // as if the machine had lost power in the middle of a line
  appendFileSync(join(out, 'journal.ndjson'), '{"cost":{"wall_ms":1');

  const again = await cli(command, folder, drawn);
  expect(again.code).toBe(0);
  expect(kept(again.stdout)).toBeGreaterThanOrEqual(3);
  expect(kept(again.stdout)).toBeLessThan(12);
  await cli(['run', 'week.yaml', '-o', 'undisturbed'], folder, drawn);
  expect(resultsOf(out)).toEqual(resultsOf(join(folder, 'undisturbed')));
  expect(readFileSync(join(out, 'journal.ndjson'), 'utf8').split('\n')).toHaveLength(13);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'the first %s keeps what is done, writes no results, and says how to go on',
  async (signal, code) => {
    const folder = folderWith(slowly(100));
    const chosen = [...command, '--strategy', 'shuffled[seed=3]', '--nights', '8'];
    const { child, ended, shown } = start(chosen, folder);
    await shown(/[1-3] of 16 cells/u);
    child.kill(signal);
    const { code: actual, stderr, stdout } = await ended;
    expect(actual).toBe(code);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      "npx proxybench run week.yaml -o out -j 2 --strategy 'shuffled[seed=3]' --nights 8",
    );
    expect(resultsOf(join(folder, 'out'))).toEqual({});
    const again = await cli(chosen, folder);
    expect(again.code).toBe(0);
    expect(kept(again.stdout)).toBeGreaterThanOrEqual(1);
  },
);

test('the second signal ends at once and leaves the folder free', async () => {
  const folder = folderWith(slowly(60_000));
  const { child, ended, shown } = start(['run', 'monday.yaml', '-o', 'out', '-s', 'loops'], folder);
  const locked = join(folder, 'out', 'lock');
  await expect.poll(() => existsSync(locked), { timeout: 20_000 }).toBe(true);
  child.kill('SIGINT');
  await shown(/stopping/u);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(existsSync(locked)).toBe(false);
});

test('a side file that is gone or cut short is computed again', async () => {
  const folder = folderWith(slowly(1));
  await cli(command, folder);
  const items = join(folder, 'out', 'items');
  const before = resultsOf(join(folder, 'out'));
  const [first, second] = readdirSync(items).map((name) => join(items, name));
  rmSync(first!);
  writeFileSync(second!, 'parcel,hand');
  const { stdout } = await cli(command, folder);
  expect(stdout).toContain('2 cells computed, 10 kept from before.');
  expect(resultsOf(join(folder, 'out'))).toEqual(before);
});

test('a cell that has another outcome the second time stops the run: not deterministic', async () => {
  const folder = folderWith(slowly(1));
  const differs = ['run', 'monday.yaml', '-o', 'out', '-s', 'differs'];
  expect((await cli(differs, folder)).code).toBe(0);
  rmSync(join(folder, 'out', 'items'), { recursive: true });
  const { code, stderr } = await cli(differs, folder);
  expect(code).toBe(1);
  expect(stderr).toContain('not deterministic: monday under differs');
});
