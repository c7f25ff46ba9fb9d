import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cli, folderWith, week } from './cli-scene.ts';

const claims = `claims:
  - claim: serving quick parcels first shortens the wait
    metric: mean_wait
    more: shuffled
    than: shortest-first
readings: { seed: [1, 2] }
`;
const queue = `name: monday
parcels: [${[31, 2, 17, 5, 23, 1, 11, 7].map((minutes) => `{ id: p${minutes}, minutes: ${minutes} }`).join(', ')}]
`;
const expecting = (clusters: number, more = claims) =>
  week
    .replace(/strategies: .*\n/u, '')
    .replace('clusters: 2', `clusters: ${clusters}`)
    .concat(more);
const experiment = (suite: string, ...args: string[]) => {
  const folder = folderWith({ 'monday.yaml': queue, 'week.yaml': suite });
  const ended = cli(['experiment', 'week.yaml', '-o', 'out', '--progress', 'none', ...args], folder);
  return { folder, ended };
};

test('an experiment runs the strategies of its claims and judges them', async () => {
  const { folder, ended } = experiment(expecting(8));
  const { code, stdout, stderr } = await ended;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('serving quick parcels first shortens the wait');
  expect(stdout).toContain('monday: confirmed, under each of 2 readings');
  expect(readFileSync(join(folder, 'out/claims.csv'), 'utf8')).toMatch(/^document,claim,.*\nmonday,/u);
  const trials = readFileSync(join(folder, 'out/trials.csv'), 'utf8');
  expect(trials).not.toContain('first-come');
});

test('few clusters decide nothing', async () => {
  expect((await experiment(expecting(5)).ended).stdout).toContain('monday: undecided');
});

test.each([
  ['a suite without claims', week, 'has no claims'],
  ['an unknown metric', expecting(2, claims.replace('mean_wait', 'mean_wiat')), 'did you mean "mean_wait"'],
  ['an unknown strategy', expecting(2, claims.replace('shuffled', 'sorted')), 'no strategy "sorted"'],
])('%s is refused, and nothing is left: 2', async (_, suite, said) => {
  const { folder, ended } = experiment(suite);
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  expect(readdirSync(folder)).not.toContain('out');
});

const ours = fileURLToPath(new URL('../../fixtures/experiments/', import.meta.url));

test('the experiments of the project can be planned', async () => {
  const files = readdirSync(ours).map((name) => join(ours, name));
  expect(files.length).toBeGreaterThanOrEqual(7);
  const { code, stderr } = await cli(['plan', ...files], folderWith(), '');
  expect([code, stderr]).toEqual([0, '']);
});
