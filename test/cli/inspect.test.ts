import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const estate = 'fixtures/estates/branch-office.yaml';

const inspect = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/harness/cli/main.js', 'inspect', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

test('prints tables about a document, for people', () => {
  const { status, stdout, stderr } = inspect(estate);
  expect([status, stderr]).toEqual([0, '']);
  for (const title of ['Jobs', 'Best way', 'Proxies', 'cannot be shorter', 'will strand'])
    expect(stdout).toContain(title);
});

test('prints one JSON document for machines, with the seeds that were asked for', () => {
  const { status, stdout } = inspect(estate, '--json', '--night-seed', '7');
  const { ok, data } = JSON.parse(stdout) as { ok: boolean; data: { document: string; seeds: object } };
  expect([status, ok, data.document]).toEqual([0, true, 'branch-office']);
  expect(data.seeds).toEqual({ clusterSeed: 1, nightSeed: 7 });
});

test.each([
  { args: ['no-such-file.yaml'], says: 'no-such-file.yaml: cannot be read' },
  { args: ['package.json'], says: 'package.json:' },
  { args: [estate, '--night-seed', 'x'], says: 'whole number' },
])('ends with 2 and says what is wrong: $says', ({ args, says }) => {
  const { status, stdout, stderr } = inspect(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
});
