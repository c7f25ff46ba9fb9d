import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, folderWith, start } from './cli-scene.ts';

// What the toy kind proves of the run, once more on nights: a small estate, four strategies, eight nights.

/** No other kinds: those of the package. */
const nights = '';

const suite = `suite: 1
name: quick
why: nights as a user runs them
documents: [${join(import.meta.dirname, '../../fixtures/estates/branch-office.yaml')}]
strategies: [priority-list, round-robin, random, vsa-static]
nights: 8
`;

const command = (out: string, jobs: number) => ['run', 'quick.yaml', '-o', out, '-j', String(jobs)];

/** All that must be equal byte by byte. */
function outcomesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:trials|vms)\.csv$|^charts\//u.test(name))
    .filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('killed and taken up again with one thread, undisturbed with two: the same bytes', async () => {
  const folder = folderWith({ 'quick.yaml': suite });
  const { child, ended, shown } = start(command('killed', 1), folder, nights);
  await shown(/\d of 32 cells/u);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  expect(outcomesOf(join(folder, 'killed'))).toEqual({});
  const again = await cli(command('killed', 1), folder, nights);
  expect([again.code, again.stdout.match(/(\d+) kept from before/u)?.[1]]).toEqual([
    0,
    expect.stringMatching(/^(?:[1-9]|[12]\d|3[01])$/u),
  ]);

  expect((await cli(command('undisturbed', 2), folder, nights)).code).toBe(0);
  const outcomes = outcomesOf(join(folder, 'undisturbed'));
  const names = Object.keys(outcomes);
  expect(names.filter((name) => name.endsWith('.csv'))).toEqual(['trials.csv', 'vms.csv']);
  expect(names.filter((name) => name.endsWith('.svg'))).toHaveLength(5);
  expect(outcomesOf(join(folder, 'killed'))).toEqual(outcomes);
}, 90_000);

// root may write where nobody may
test.skipIf(process.getuid?.() === 0)('a read-only folder: 22, and one message', async () => {
  const folder = folderWith({ 'quick.yaml': suite });
  mkdirSync(join(folder, 'locked'), { mode: 0o555 });
  const { code, stderr } = await cli(command('locked', 1), folder, nights);
  expect(code).toBe(22);
  expect(stderr).toMatch(/^error: cannot write locked\/\w+: no permission \(EACCES\)\n$/u);
});
