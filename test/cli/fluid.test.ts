import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { traceText } from '../scenes/trace-scene.ts';
import { cli, folderWith } from './cli-scene.ts';

const flows = [
  { mb: 500, max: 100, use: [0] },
  { mb: 1500, max: 100, use: [0] },
  { mb: 1000, max: 70, use: [0] },
];

test('a trace runs to one line of JSON, and rows of flow, start and end', async () => {
  const folder = folderWith({ 't.jsonl': traceText(2, [100], flows) });
  const args = ['fluid', 't.jsonl', '--solver', 'simple', '--csv', 'out.csv', '--check', '1', '--warm', '2'];
  const { code, stdout, stderr } = await cli(args, folder);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.trimEnd()).not.toContain('\n');
  const line = JSON.parse(stdout) as Record<string, number>;
  expect(Object.keys(line)).toEqual(['wallS', 'cpuS', 'events', 'makespanS', 'rssMB', 'checkError']);
  // 50 MB/s each until 10 s; then 1000 MB are left of flow 1 as of flow 2
  expect(line).toMatchObject({ events: 3, makespanS: 30, checkError: 0 });
  expect(line['rssMB']).toBeGreaterThan(1);
  expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe('0,0,10\n1,0,30\n2,10,30\n');
});

test('what is wrong with a trace is said with its place: 2', async () => {
  const folder = folderWith({ 't.jsonl': traceText(2, [100], [{ mb: 1, max: 1, use: [1] }]) });
  expect(await cli(['fluid', 't.jsonl'], folder)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'error: t.jsonl:3:1 use: expected ids from 0 to 0, got 1\n',
  });
  expect(await cli(['fluid', 'none.jsonl'], folder)).toMatchObject({ code: 2 });
  expect(await cli(['fluid', 't.jsonl', '--check', '0'], folder)).toMatchObject({ code: 2 });
  const lost = await cli(
    ['fluid', 'ok.jsonl', '--csv', 'nowhere/out.csv'],
    folderWith({ 'ok.jsonl': traceText(1, [], []) }),
  );
  expect(lost).toMatchObject({ code: 22 });
});
