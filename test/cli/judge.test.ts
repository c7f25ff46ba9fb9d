import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, week } from './cli-scene.ts';

const weeks = (clusters: number) => week.replace('clusters: 2', `clusters: ${clusters}`);

async function ran(clusters: number, ...more: string[]): Promise<string> {
  const folder = folderWith({ 'monday.yaml': monday, 'week.yaml': weeks(clusters) });
  const { code, stderr } = await cli(
    ['run', 'week.yaml', '-o', 'out', '--progress', 'none', ...more],
    folder,
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return folder;
}

interface Judged {
  readonly data: readonly {
    readonly planned: number;
    readonly clusters: number;
    readonly repeated: number;
    readonly metric: { name: string };
    readonly pairs: readonly {
      a: string;
      b: string;
      verdict: string;
      clusters: number;
      floor: { copies: number };
    }[];
  }[];
}

const judgeJson = async (folder: string, ...args: string[]) =>
  (JSON.parse((await cli(['judge', 'out', '--json', ...args], folder)).stdout) as Judged).data[0]!;

test('of the same cells it says the same, in words and in JSON, whatever -j; copies measure the noise', async () => {
  const [one, four] = [await ran(7, '--shake', '2', '-j', '1'), await ran(7, '--shake', '2', '-j', '4')];
  const texts = await Promise.all([one, one, four].map((folder) => cli(['judge', 'out'], folder)));
  expect(new Set(texts.map(({ stdout }) => stdout)).size).toBe(1);
  expect(texts[0]!.code).toBe(0);
  expect(texts[0]!.stdout).toContain('noise measured on 2 shaken copies');
  const judged = await judgeJson(one);
  expect(judged).toMatchObject({ planned: 42, metric: { name: 'mean_wait' } });
  expect(judged.pairs.map(({ a, b }) => `${a} ${b}`)).toHaveLength(3);
  expect(judged.pairs[0]!.floor.copies).toBe(2);
  expect((await judgeJson(one, '--baseline', 'first-come', '--metric', 'total')).pairs).toHaveLength(2);
});

test('draws ranks and profiles where it is asked to', async () => {
  const folder = await ran(6);
  const { code, stderr } = await cli(['judge', 'out', '--charts', 'drawn'], folder);
  expect(code).toBe(0);
  expect(stderr).toContain('drawn/monday/ranks-mean_wait.svg');
  expect(readdirSync(join(folder, 'drawn/monday')).toSorted()).toEqual([
    'profile-mean_wait.svg',
    'profile-mean_wait.vl.json',
    'ranks-mean_wait.svg',
    'ranks-mean_wait.vl.json',
  ]);
});

test('below 6 clusters it cannot say, whatever they show', async () => {
  const folder = await ran(5);
  const { pairs } = await judgeJson(folder, '--baseline', 'shortest-first');
  const real = pairs.filter(({ clusters }) => clusters > 0).map(({ verdict }) => verdict);
  expect(new Set(real)).toEqual(new Set(['cannot-say']));
  expect((await cli(['judge', 'out'], folder)).stdout).toContain('cannot say at');
});

test('what cannot be judged has its code', async () => {
  const folder = await ran(1);
  expect((await cli(['judge', 'nowhere'], folder)).code).toBe(2);
  expect((await cli(['judge', 'out', '--metric', 'totl'], folder)).stderr).toMatch(/totl is unknown.*total/u);
  expect((await cli(['judge', 'out', '--metric', 'parcels'], folder)).stderr).toContain('has no better side');
  expect((await cli(['judge', 'out', '--baseline', 'shuffled'], folder)).code).toBe(2);
  writeFileSync(join(folder, 'out/trials.csv'), '');
  expect((await cli(['judge', 'out'], folder)).code).toBe(23);
  rmSync(join(folder, 'out/manifest.json'));
  const { code, stderr } = await cli(['judge', 'out'], folder);
  expect([code, stderr]).toEqual([23, expect.stringContaining('no folder of results')]);
});
