import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, monday, week } from './cli-scene.ts';

/** A baseline, and a copy of it in which mean_wait is `factor` of what it was in the clusters up to `upTo`. */
async function scene(clusters: number, ...running: string[]) {
  const text = week
    .replace('clusters: 2', `clusters: ${clusters}`)
    .replace(/strategies: .*/u, "strategies: ['shuffled[seed=3]']");
  const folder = folderWith({ 'monday.yaml': monday, 'week.yaml': text });
  expect((await cli(['run', 'week.yaml', '-o', 'old', '--progress', 'none', ...running], folder)).code).toBe(
    0,
  );
  const change = (name: string, edit: (line: string[], i: number) => string[]) => {
    cpSync(join(folder, 'old'), join(folder, name), { recursive: true });
    const [head, ...lines] = readFileSync(join(folder, 'old/trials.csv'), 'utf8').trimEnd().split('\n');
    const edited = lines.flatMap((line, i) => edit(line.split(','), i).join(',') || []);
    writeFileSync(join(folder, name, 'trials.csv'), `${[head, ...edited].join('\n')}\n`);
  };
  const slower = (name: string, factor: number) =>
    change(name, (line) => line.with(7, String(Number(line[7]) * factor)));
  const gate = (name: string, ...more: string[]) => cli(['gate', 'old', name, ...more], folder);
  return { folder, change, slower, gate };
}

test('goes red for a slowdown, whatever looks on; passes what is the same, quicker, or within the limit', async () => {
  const { folder, slower, gate } = await scene(8);
  slower('slow', 1.04);
  slower('slightly', 1.02);
  slower('quick', 0.9);
  const { code, stdout } = await gate('slow', '--max-worse', '3%');
  expect(stdout).toContain(
    'FAIL monday, shuffled[seed=3], mean_wait: 4.0 % more (95 % sure: 4.0 % more to 4.0 % more; limit 3.0 %)',
  );
  expect(code).toBe(20);
  expect((await gate('slow', '--max-worse', '5%')).code).toBe(0);
  expect((await gate('slightly', '--max-worse', '3%')).code).toBe(0);
  expect((await gate('slightly')).code).toBe(20);
  for (const name of ['quick', 'old']) expect((await gate(name)).code).toBe(0);
  expect((await gate('old')).stdout).toContain('nothing changed');
  const json = JSON.parse((await gate('slow', '--json')).stdout) as { ok: boolean; code: number };
  expect(json).toMatchObject({ ok: false, code: 20 });
  rmSync(join(folder, 'old/manifest.json'));
  expect((await gate('slow')).code).toBe(23);
});

test('does not decide by few clusters, by a few of them, or by what is missing', async () => {
  const few = await scene(5);
  few.slower('slow', 2);
  expect((await few.gate('slow')).code).toBe(21);
  const { change, gate } = await scene(8);
  change('some', (line, i) => (i < 6 ? line.with(7, String(Number(line[7]) * 1.5)) : line));
  change('fewer', (line, i) => (i < 4 ? [] : line));
  expect((await gate('some')).code).toBe(21);
  const { code, stdout } = await gate('fewer');
  expect([code, stdout]).toEqual([21, expect.stringContaining('4 cells of the baseline are missing now')]);
});

test('what the noise hides is no failure, and what never ended is not green', async () => {
  const { folder, slower, gate, change } = await scene(8, '--shake', '2');
  slower('slow', 1.5);
  change('never', (line) => line.with(7, ''));
  const shaken = join(folder, 'old/shaken.csv');
  const [head, ...lines] = readFileSync(shaken, 'utf8').trimEnd().split('\n');
  // the second copy of every cell is twice as slow as the first
  const noisy = lines
    .map((line) => line.split(','))
    .map((line) => line.with(8, line[5] === '2' ? '20' : '10'));
  writeFileSync(shaken, `${[head, ...noisy.map((line) => line.join(','))].join('\n')}\n`);
  const { code, stdout } = await gate('slow');
  expect([code, stdout]).toEqual([0, expect.stringContaining('which is the noise')]);
  cpSync(join(folder, 'never'), join(folder, 'old'), { recursive: true });
  const silent = await gate('never');
  expect([silent.code, silent.stdout]).toEqual([
    21,
    expect.stringContaining('without a night that was ended'),
  ]);
});

test('cells that were not computed, other documents and nothing in common are no comparison', async () => {
  const { folder, change, gate } = await scene(6);
  change('crashed', (line, i) => (i === 0 ? line.with(5, 'crashed').with(7, '') : line));
  change('other', (line) => line.with(1, 'abc'));
  change('strange', (line) => line.with(2, 'first-come'));
  expect((await gate('crashed')).code).toBe(22);
  const { code, stderr } = await gate('other');
  expect([code, stderr]).toEqual([23, expect.stringContaining('content of monday')]);
  expect((await gate('strange')).code).toBe(23);
  const manifest = readFileSync(join(folder, 'old/manifest.json'), 'utf8');
  writeFileSync(join(folder, 'old/manifest.json'), manifest.replace('"mean_wait": 1', '"mean_wait": 0'));
  expect((await gate('crashed')).stderr).toContain('computed by version 0');
});
