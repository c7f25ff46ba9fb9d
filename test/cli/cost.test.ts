import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith } from './cli-scene.ts';

const cost = (folder: string, ...args: string[]) => cli(['cost', ...args], folder, '');

test('writes times with their machine, exact counts and a chart', async () => {
  const folder = folderWith();
  const asked = ['--seconds', '0.01', '--vms', '30,20', '--strategy', 'lpt', '--strategy', 'random'];
  const first = await cost(folder, ...asked, '-o', 'one');
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('proxies looked at per decision') });
  expect(first.stderr).toContain('20 VMs, lpt\n');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(readdirSync(join(folder, 'one'), { recursive: true }).map(String).toSorted()).toEqual([
    'charts',
    'charts/decision-cost.svg',
    'charts/decision-cost.vl.json',
    'decision-cost.csv',
    'decision-work.csv',
  ]);
  expect(read('one/decision-cost.csv').split('\n')[1]).toMatch(
    new RegExp(`^enterprise-san,20,\\d+,lpt,1,\\d+,20,[\\d.]+,[\\d.]+,${process.version},`, 'u'),
  );
  const again = await cost(folder, ...asked, '-o', 'two');
  expect(again.code).toBe(0);
  expect(read('two/decision-work.csv')).toBe(read('one/decision-work.csv'));
});

test.each([
  [['--family', 'enterprise-sun'], 'did you mean "enterprise-san"'],
  [['--strategy', 'rundom'], 'did you mean "random"'],
  [['--vms', '100,many'], 'expected whole numbers from 10 to 1000000'],
  [['--vms', '5'], 'expected whole numbers from 10 to 1000000'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await cost(folderWith(), '--vms', '20', ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
