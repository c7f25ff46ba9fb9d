import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cli, folderWith } from './cli-scene.ts';

const kinds = '';
const generate = (folder: string, ...args: string[]) => cli(['generate', ...args], folder, kinds);

test('a family is written as YAML or JSON by its suffix, one line a VM, and reads back', async () => {
  const folder = folderWith();
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  for (const out of ['a.yaml', 'a.json', 'again.json']) {
    const { code, stdout } = await generate(
      folder,
      'two-jobs',
      '--vms',
      '50',
      '--cluster-seed',
      '3',
      '-o',
      out,
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${out}: two-jobs-50-full, `)]);
  }
  expect(parse(read('a.yaml'))).toEqual(JSON.parse(read('a.json')));
  expect(read('again.json')).toBe(read('a.json'));
  expect(
    read('a.yaml')
      .split('\n')
      .filter((line) => line.startsWith('  - { key: vm-')),
  ).toHaveLength(50);
  const inspected = await cli(['inspect', 'a.yaml'], folder, kinds);
  expect(inspected.stdout).toContain('50 VMs to back up');
});

test.each([
  [['enterprise-sun', '--vms', '50', '-o', 'a.yaml'], 2, 'did you mean "enterprise-san"'],
  [['flaky', '--vms', '9', '-o', 'a.yaml'], 2, 'a whole number from 10 to 1000000'],
  [['flaky', '--vms', '50', '-o', 'a.txt'], 2, 'ends with .yaml or .json'],
  [['control-plane-bound', '--vms', '50', '--night', 'full', '-o', 'a.yaml'], 2, 'incremental nights alone'],
  [['flaky', '--vms', '50', '-o', 'nowhere/a.yaml'], 22, 'cannot write nowhere/a.yaml'],
])('%j is refused, and nothing is left', async (args, code, message) => {
  const folder = folderWith();
  const ended = await generate(folder, ...args);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(message);
  expect(existsSync(join(folder, 'a.yaml')) || existsSync(join(folder, 'a.txt'))).toBe(false);
});
