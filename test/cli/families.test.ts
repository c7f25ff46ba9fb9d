import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, resultsOf } from './cli-scene.ts';

const rushes = `suite: 1
name: rushes
documents: [monday.yaml]
families:
  - { family: rush, parcels: [3, 5], mood: [calm, hasty] }
  - { family: rush, parcels: 7 }
strategies: [first-come, shuffled]
clusters: 2
`;
const files = { 'monday.yaml': monday, 'rushes.yaml': rushes };

const rowsOf = (folder: string, out: string) =>
  readFileSync(join(folder, out, 'trials.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

test('a suite names families: lists of values are axes, and every cluster seed makes another document', async () => {
  const folder = folderWith(files);
  const ended = await cli(['run', 'rushes.yaml', '-o', 'out'], folder);
  expect([ended.code, ended.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  const rows = rowsOf(folder, 'out');
  expect(new Set(rows.map(([document]) => document))).toEqual(
    new Set(['monday', 'rush-3-calm', 'rush-3-hasty', 'rush-5-calm', 'rush-5-hasty', 'rush-7-calm']),
  );
  expect(rows).toHaveLength(6 * 2 * 2);
  const drawn = rows.filter(
    ([document, , strategy]) => document === 'rush-7-calm' && strategy === 'first-come',
  );
  const [one, two] = drawn.map((row) => row.slice(5).join());
  expect(one).not.toBe(two);
});

test('threads make documents themselves: the same bytes for one as for two', async () => {
  const folder = folderWith(files);
  await cli(['run', 'rushes.yaml', '-o', 'one', '-j', '1'], folder);
  await cli(['run', 'rushes.yaml', '-o', 'two', '-j', '2'], folder);
  expect(resultsOf(join(folder, 'two'))).toEqual(resultsOf(join(folder, 'one')));
});

test('strategies left out are all of the table', async () => {
  const folder = folderWith({ 's.yaml': rushes.replace(/^strategies.*$/mu, ''), 'monday.yaml': monday });
  await cli(['run', 's.yaml', '-o', 'out', '--clusters', '1'], folder);
  expect(rowsOf(folder, 'out')).toHaveLength(6 * 3);
});

test('what is wrong with a family is said at its place: 2', async () => {
  const folder = folderWith({
    's.yaml': rushes
      .replace('parcels: [3, 5]', 'parcels: [3, 500]')
      .replace('family: rush, parcels: 7', 'family: rash'),
    'empty.yaml': 'suite: 1\nname: empty\n',
    'monday.yaml': monday,
  });
  const { code, stderr } = await cli(['run', 's.yaml', 'empty.yaml', '-o', 'out'], folder);
  expect(code).toBe(2);
  expect(stderr.split('\n')).toEqual([
    'error: s.yaml:5:5 families[0]: parcels: 1 to 99, got 500',
    'error: s.yaml:6:5 families[1]: no family "rash"; known: rush',
    'error: empty.yaml:1:1 document: names nothing to run; expected documents or families',
    '',
  ]);
});

test('families are listed with what they ask', async () => {
  const { stdout } = await cli(['list', 'families', '--json'], folderWith());
  expect((JSON.parse(stdout) as { data: unknown }).data).toEqual([
    {
      family: 'rush',
      asks: 'how does a queue of many grow?',
      parameters: 'parcels (1 to 99), mood (calm, hasty)',
    },
  ]);
});

test('what may decide the nights of the families is shown in hours', async () => {
  const folder = folderWith();
  const { stdout } = await cli(['list', 'families', '--bounds', '20', '--json'], folder, '');
  const rows = (JSON.parse(stdout) as { data: Record<string, string>[] }).data;
  expect(rows).toHaveLength(23);
  const san = rows.find((row) => row['family'] === 'enterprise-san' && row['night'] === 'full')!;
  const hours = ['longest VM', 'proxy CPU', 'device', 'control plane'].map((name) => Number(san[name]));
  expect(hours.every((h) => h > 0 && h < 8)).toBe(true);
  expect(Number(san[san['decides']!])).toBe(
    Math.max(...hours, Number(san['data store']), Number(san['agents, links'])),
  );
  const wrong = await cli(['list', 'families', '--bounds', '5'], folder, '');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('whole number from 10')]);
});
