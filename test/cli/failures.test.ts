import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, main, monday, resultsOf, slowly, startCommand, week } from './cli-scene.ts';

const files = { 'monday.yaml': monday, 'week.yaml': week };
const command = ['run', 'week.yaml', '-o', 'out'];

const isLinux = process.platform === 'linux';

test.each([
  ['a folder under a file', 'monday.yaml/out', 'no folder'],
  ['a file', 'monday.yaml', 'no folder'],
])('%s to write to: 22, one message', async (_, out, reason) => {
  const { code, stderr } = await cli(['run', 'week.yaml', '-o', out], folderWith(files));
  expect(code).toBe(22);
  expect(stderr).toMatch(/^error: cannot write monday\.yaml\/\w+: .*\n$/u);
  expect(stderr).toContain(reason);
});

test.runIf(isLinux)('a file system that takes no files: 22, one message', async () => {
  const { code, stderr } = await cli(['run', 'week.yaml', '-o', '/proc/out'], folderWith(files));
  expect(code).toBe(22);
  expect(stderr).toMatch(/^error: cannot write \/proc\/out: .*\n$/u);
});

test.runIf(isLinux)(
  'a disk that fills up in mid-run: 22, the journal stays whole, and the same command goes on',
  async () => {
    const folder = folderWith(files);
    // files may grow to 4 KiB: some lines of the journal, the last of them not in full
    const limited = 'ulimit -f 4; exec "$0" "$@"';
    const args = ['bash', '-c', limited, process.execPath, main, ...command];
    const { code, stderr, stdout } = await startCommand(args, folder).ended;
    expect(code).toBe(22);
    expect(stderr).toContain('error: cannot write out/journal.ndjson: the file may not grow any further');
    expect(stdout).toBe('');
    const out = join(folder, 'out');
    expect(resultsOf(out)).toEqual({});
    const lines = readFileSync(join(out, 'journal.ndjson'), 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();

    const again = await cli(command, folder);
    expect(again.stdout).toContain(`${lines.length} kept from before`);
    await cli(['run', 'week.yaml', '-o', 'undisturbed'], folder);
    expect(resultsOf(out)).toEqual(resultsOf(join(folder, 'undisturbed')));
  },
);

test('a table that cannot be put in its place: 22, and no part of it is left', async () => {
  const folder = folderWith(files);
  const out = join(folder, 'out');
  mkdirSync(join(out, '.trials.csv.tmp'), { recursive: true });
  const { code, stderr } = await cli(command, folder);
  expect(code).toBe(22);
  expect(stderr).toContain('error: cannot write out/trials.csv: a folder is in the way (EISDIR)');
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({ state: 'running' });
  expect(readdirSync(out)).not.toContain('trials.csv');
});

test.runIf(isLinux)('a stdout that is full: 22, and the results are whole', async () => {
  const folder = folderWith(files);
  const args = ['bash', '-c', 'exec "$0" "$@" > /dev/full', process.execPath, main, ...command];
  const { code, stderr } = await startCommand(args, folder).ended;
  expect(code).toBe(22);
  expect(stderr).toContain('error: cannot write to standard output (ENOSPC)');
  expect(resultsOf(join(folder, 'out'))).toHaveProperty('trials.csv');
});

test.runIf(isLinux)('a reader that leaves early, as head does, is no failure', async () => {
  const folder = folderWith(files);
  const pipe = 'set -o pipefail; "$0" "$@" | true';
  const args = ['bash', '-c', pipe, process.execPath, main, ...command, '--json'];
  const { code } = await startCommand(args, folder).ended;
  expect(code).toBe(0);
});

test('a damaged line of the journal is named: 23', async () => {
  const folder = folderWith(files);
  await cli(command, folder);
  const path = join(folder, 'out', 'journal.ndjson');
  const whole = readFileSync(path, 'utf8');
  const lines = whole.split('\n');
  writeFileSync(path, lines.with(2, lines[2]!.slice(0, 40)).join('\n'));
  const cut = await cli(command, folder);
  expect(cut.code).toBe(23);
  expect(cut.stderr).toMatch(/^error: out\/journal\.ndjson:3 is damaged/u);
  writeFileSync(path, lines.with(1, lines[1]!.replace('"total":', '"total":1')).join('\n'));
  const changed = await cli(command, folder);
  expect(changed.code).toBe(23);
  expect(changed.stderr).toContain('journal.ndjson:2 is damaged: the outcome does not fit its hash');
});

test('a side file that was changed is named: 23', async () => {
  const folder = folderWith(files);
  await cli(command, folder);
  const items = join(folder, 'out', 'items');
  const path = join(items, readdirSync(items)[0]!);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\d\n$/u, 'x\n'));
  const { code, stderr } = await cli(command, folder);
  expect(code).toBe(23);
  expect(stderr).toContain('does not fit the journal');
});

test('one folder takes one run at a time; the lock of a run that is gone is taken over', async () => {
  const folder = folderWith(slowly(1));
  const lock = join(folder, 'out', 'lock');
  await cli(command, folder);
  const { hostname } = await import('node:os');
  const holder = (pid: number) => JSON.stringify({ pid, host: hostname(), started: null });
  writeFileSync(lock, holder(process.pid));
  const { code, stderr } = await cli(command, folder);
  expect(code).toBe(2);
  expect(stderr).toContain(`another run (process ${process.pid} on ${hostname()}) is writing`);
  writeFileSync(lock, holder(2 ** 22 + 1)); // above the highest number of a process
  expect((await cli(command, folder)).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
});
