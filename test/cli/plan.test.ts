import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, week } from './cli-scene.ts';

const files = { 'monday.yaml': monday, 'week.yaml': week };

interface Outlook {
  readonly cells: number;
  readonly done: number;
  readonly byExperience: number;
  readonly leftS: number;
  readonly documents: readonly { name: string; cells: number; done: number; leftS: number }[];
}
const planOf = async (folder: string, ...args: string[]): Promise<Outlook> => {
  const { code, stdout } = await cli(['plan', ...args, '--json'], folder);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { data: Outlook }).data;
};

test('a plan counts cells and guesses their time by size, and writes nothing', async () => {
  const folder = folderWith(files);
  const before = readdirSync(folder);
  // 3 strategies, 2 cluster seeds, 2 night seeds; 3 parcels of 100 ms each
  const plan = await planOf(folder, 'week.yaml', '-o', 'out', '-j', '2');
  expect(plan).toMatchObject({ cells: 12, done: 0, byExperience: 0 });
  expect(plan.leftS).toBeCloseTo((12 * 0.3) / 2);
  expect(plan.documents).toEqual([
    { name: 'monday', size: 3, cells: 12, done: 0, leftS: expect.closeTo(3.6) },
  ]);
  expect(readdirSync(folder)).toEqual(before);
});

test('what a folder holds is done, and says how long the rest takes', async () => {
  const folder = folderWith(files);
  await cli(['run', 'week.yaml', '-o', 'out', '--clusters', '1'], folder);
  const kept = readdirSync(join(folder, 'out'));
  expect(await planOf(folder, 'week.yaml', '-o', 'out')).toMatchObject({
    cells: 12,
    done: 6,
    byExperience: 6,
  });
  expect(readdirSync(join(folder, 'out'))).toEqual(kept);
  const { stdout } = await cli(['plan', 'week.yaml', '-o', 'out', '--clusters', '1'], folder);
  expect(stdout).toContain('6 cells, all of them done.');
  const other = await planOf(folder, 'week.yaml', '-o', 'other');
  expect(other.done).toBe(0);
});

test('what cannot be planned is said as by run: 2', async () => {
  const { code, stderr } = await cli(['plan', 'tuesday.yaml'], folderWith(files));
  expect([code, stderr]).toEqual([2, 'error: tuesday.yaml: cannot be read (there is no such file)\n']);
});
