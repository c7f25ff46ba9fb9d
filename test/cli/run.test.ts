import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, drawn, folderWith, monday, resultsOf, week } from './cli-scene.ts';

const files = { 'monday.yaml': monday, 'week.yaml': week };

interface Envelope {
  readonly data: {
    readonly cells: Record<string, number>;
    readonly rows: readonly { readonly strategy: string; readonly nightSeed: number }[];
  };
}

test('one thread and two give the same bytes', async () => {
  const folder = folderWith(files);
  const one = await cli(['run', 'week.yaml', '-o', 'one', '-j', '1'], folder, drawn);
  const two = await cli(['run', 'week.yaml', '-o', 'two', '-j', '2'], folder, drawn);
  expect([one.code, two.code]).toEqual([0, 0]);
  const results = resultsOf(join(folder, 'one'));
  expect(Object.keys(results)).toEqual([
    'charts/handed-out.svg',
    'charts/handed-out.vl.json',
    'parcels.csv',
    'trials.csv',
  ]);
  expect(resultsOf(join(folder, 'two'))).toEqual(results);
  expect(two.stdout.replaceAll('two', 'one')).toBe(one.stdout);
  expect(two.stdout).toContain(join('two', 'charts'));
});

test('tables hold every cell of the suite, sorted, and every item of each', async () => {
  const folder = folderWith(files);
  await cli(['run', 'week.yaml', '-o', 'out'], folder);
  const { 'trials.csv': trials, 'parcels.csv': parcels } = resultsOf(join(folder, 'out'));
  const lines = trials!.split('\n').slice(1, -1);
  const cells = lines.map((line) => line.split(',').slice(2, 5).join(' '));
  const strategies = ['first-come', 'shortest-first', 'shuffled[seed=3]'];
  const seeds = ['1 1', '1 2', '2 1', '2 2'];
  expect(cells).toEqual(seeds.flatMap((seed) => strategies.map((name) => `${name} ${seed}`)));
  // 12 cells of 3 parcels, the header, and the end of the last line; an id with a comma and quotes comes through
  expect(parcels!.split('\n')).toHaveLength(12 * 3 + 2);
  expect(parcels).toContain('\nmonday,first-come,1,1,"b, with ""quotes""",');
});

test('a bare document is run under every strategy of the kind, with one seed', async () => {
  const folder = folderWith(files);
  const { stdout } = await cli(['run', 'monday.yaml', '-o', 'out', '--json'], folder);
  const { data } = JSON.parse(stdout) as Envelope;
  expect(data.rows.map(({ strategy }) => strategy)).toEqual(['first-come', 'shortest-first', 'shuffled']);
  expect(data.cells).toEqual({ planned: 3, computed: 3, reused: 0 });
});

test('options override strategies and seeds of a suite; a strategy given twice counts once', async () => {
  const folder = folderWith(files);
  const chosen = ['-s', 'shuffled[seed=0]', '-s', 'shuffled', '--clusters', '1', '--nights', '3'];
  const { stdout } = await cli(['run', 'week.yaml', '-o', 'out', '--json', ...chosen], folder);
  const { data } = JSON.parse(stdout) as Envelope;
  expect(data.rows.map(({ strategy, nightSeed }) => [strategy, nightSeed])).toEqual([
    ['shuffled', 1],
    ['shuffled', 2],
    ['shuffled', 3],
  ]);
});

test('a second run computes nothing, and writes the same', async () => {
  const folder = folderWith(files);
  const first = await cli(['run', 'week.yaml', '-o', 'out'], folder);
  const before = resultsOf(join(folder, 'out'));
  const second = await cli(['run', 'week.yaml', '-o', 'out'], folder);
  expect(first.stdout).toContain('12 cells computed.');
  expect(second.stdout).toContain('0 cells computed, 12 kept from before.');
  expect(resultsOf(join(folder, 'out'))).toEqual(before);
});

test('what else the folder holds is kept, but not reported', async () => {
  const folder = folderWith(files);
  await cli(['run', 'week.yaml', '-o', 'out'], folder);
  const { stdout } = await cli(['run', 'monday.yaml', '-s', 'first-come', '-o', 'out', '--json'], folder);
  expect((JSON.parse(stdout) as Envelope).data.cells).toEqual({ planned: 1, computed: 0, reused: 1 });
  expect(resultsOf(join(folder, 'out'))['trials.csv']!.split('\n')).toHaveLength(3);
  expect((await cli(['run', 'week.yaml', '-o', 'out'], folder)).stdout).toContain('0 cells computed');
});

test('a changed document is another cell', async () => {
  const folder = folderWith({ ...files, 'other.yaml': monday.replace('minutes: 5', 'minutes: 6') });
  await cli(['run', 'monday.yaml', '-o', 'out'], folder);
  expect((await cli(['run', 'other.yaml', '-o', 'out'], folder)).stdout).toContain('3 cells computed.');
});

test('the table says medians, the best and ties, and ends with what was found and where the files lie', async () => {
  const folder = folderWith(files);
  const { stdout } = await cli(['run', 'week.yaml', '-o', 'out'], folder);
  // by any order the last parcel is handed out at the same time: a tie
  expect(stdout).toMatch(/^shortest-first +\d+(?:\.\d+)? \* +\d:\d\d:\d\d = +4$/mu);
  expect(stdout).toMatch(/^first-come +\d+(?:\.\d+)? +\d:\d\d:\d\d = +4$/mu);
  expect(stdout).toContain('* best, = tied for best');
  expect(stdout).toContain('has the shortest mean wait.');
  for (const name of ['trials.csv', 'cost.csv', 'parcels.csv']) expect(stdout).toContain(join('out', name));
});

test('the manifest says how the folder was made', async () => {
  const folder = folderWith(files);
  await cli(['run', 'monday.yaml', '-o', 'out'], folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8')) as { cells: unknown };
  expect(manifest).toMatchObject({
    schema: 1,
    state: 'complete',
    node: process.version,
    kind: 'parcels',
    argv: ['run', 'monday.yaml', '-o', 'out'],
  });
  expect(manifest.cells).toHaveLength(3);
  expect(existsSync(join(folder, 'out/lock'))).toBe(false);
});

test('progress goes to stderr in plain lines, data alone to stdout; none is none', async () => {
  const folder = folderWith(files);
  const plain = await cli(['run', 'week.yaml', '-o', 'out', '--json'], folder);
  expect(plain.stderr).toContain('12 of 12 cells');
  expect(() => JSON.parse(plain.stdout) as unknown).not.toThrow();
  const none = await cli(['run', 'week.yaml', '-o', 'other', '--progress', 'none'], folder);
  expect(none.stderr).toBe('');
});
