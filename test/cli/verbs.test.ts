import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, week } from './cli-scene.ts';

const files = { 'monday.yaml': monday, 'week.yaml': week };

interface Failure {
  readonly error: { readonly problems: readonly string[] };
}

test('all that is wrong is said before anything is written, with its place: 2', async () => {
  const folder = folderWith({
    ...files,
    'bad.yaml': week.replace('first-come', 'first-served').replace('nights: 2', 'night: 2'),
    'broken.yaml': week.replace('week', 'broken').replace('monday.yaml', 'tuesday.yaml'),
    'queue.yaml': monday.replace('minutes: 5', 'minutes: 0').replace('minutes: 9', 'minutes: -1'),
  });
  const suite = await cli(['run', 'bad.yaml', '-o', 'out'], folder);
  expect(suite.code).toBe(2);
  expect(suite.stderr).toContain('error: bad.yaml:7:1 night: unknown key "night" (did you mean "nights"?)');
  const documents = await cli(['run', 'broken.yaml', 'queue.yaml', '-o', 'out', '--json'], folder);
  expect(documents.code).toBe(2);
  const { problems } = (JSON.parse(documents.stdout) as Failure).error;
  expect(problems).toEqual([
    'tuesday.yaml: cannot be read (there is no such file)',
    'queue.yaml:1:1 a: minutes must be above 0',
    'queue.yaml:1:1 c: minutes must be above 0',
  ]);
  expect(documents.stderr).toBe(problems.map((problem) => `error: ${problem}\n`).join(''));
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test.each([
  ['an unknown strategy', ['run', 'monday.yaml', '-o', 'out', '-s', 'lifo'], 'no strategy "lifo"; known:'],
  ['an unknown verb', ['rum', 'monday.yaml', '-o', 'out'], 'Did you mean run?'],
  ['an unknown option', ['run', 'monday.yaml', '-o', 'out', '--stratgy', 'x'], 'Did you mean --strategy?'],
  ['no folder', ['run', 'monday.yaml'], '--out <dir>'],
  ['no seeds', ['run', 'monday.yaml', '-o', 'out', '--nights', '0'], 'whole number from 1 to'],
  ['an impossible timeout', ['run', 'monday.yaml', '-o', 'out', '--timeout', '-1'], 'seconds above 0'],
  ['no verb', [], 'Usage: proxybench'],
  [
    'nothing to list',
    ['list', 'colours'],
    'Allowed choices are metrics, strategies, families, knobs, assumptions, suites, kinds',
  ],
])('%s: 2, and nothing is written', async (_, args, message) => {
  const folder = folderWith(files);
  const { code, stdout, stderr } = await cli(args, folder);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('help and version are data: stdout, 0', async () => {
  const folder = folderWith();
  const help = await cli(['--help'], folder);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain('\n  proxybench run fixtures/suites/quickstart.yaml -o');
  const version = await cli(['--version'], folder);
  expect(version.code).toBe(0);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
});

test('lists show the tables of the kind', async () => {
  const folder = folderWith();
  const metrics = await cli(['list', 'metrics'], folder);
  expect(metrics.stdout).toMatch(
    /^mean_wait\n +unit +min\n +better +lower\n +definition +mean time from opening/mu,
  );
  const strategies = await cli(['list', 'strategies', '--json'], folder);
  expect(JSON.parse(strategies.stdout)).toMatchObject({
    ok: true,
    data: [{ strategy: 'first-come' }, { strategy: 'shortest-first' }, { parameters: 'seed=0' }],
  });
  expect((await cli(['list', 'kinds'], folder)).stdout).toMatch(
    /^parcels\n +executor +clerk\n +strategies +first-come/mu,
  );
});

test('schemas of documents and suites are published', async () => {
  const folder = folderWith();
  const document = await cli(['schema'], folder);
  expect(JSON.parse(document.stdout)).toMatchObject({ properties: { proxybench: { const: 1 } } });
  const suite = await cli(['schema', 'suite'], folder);
  expect(JSON.parse(suite.stdout)).toMatchObject({ properties: { suite: { const: 1 } } });
});
