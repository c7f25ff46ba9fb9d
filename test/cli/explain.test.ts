import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canonicalJson } from '../../harness/kit/canonical.ts';
import { cli } from './cli-scene.ts';

/** No other kinds: those of the package. */
const nights = '';
const fixture = join(import.meta.dirname, '../../fixtures/nights/two-disks.yaml');

const suite = `suite: 1
name: few
why: cells to be told about
documents: [night.yaml]
families: [{ family: nas-lan, vms: 20 }]
strategies: [priority-list, round-robin]
nights: 2
`;

interface Cell {
  readonly key: string;
  readonly document: string;
  readonly strategy: string;
  readonly nightSeed: number;
}

// One folder for all tests: only the last of them changes what lies in it.
const folder = mkdtempSync(join(tmpdir(), 'proxybench-explain-'));
let cells: readonly Cell[] = [];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Computed by the first test that asks. */
async function results(): Promise<void> {
  if (cells.length > 0) return;
  writeFileSync(join(folder, 'few.yaml'), suite);
  writeFileSync(join(folder, 'night.yaml'), readFileSync(fixture));
  const { code } = await tell('run', 'few.yaml', '-o', 'out', '--progress', 'none');
  expect(code).toBe(0);
  ({ cells } = JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8')) as { cells: Cell[] });
}

const tell = (...args: string[]) => cli(args, folder, nights);
const keyOf = (document: string, strategy: string, nightSeed = 1) =>
  `out#${cells.find((c) => c.document.startsWith(document) && c.strategy === strategy && c.nightSeed === nightSeed)!.key.slice(0, 10)}`;

test('cells of written and of made documents are computed again and told about', async () => {
  await results();
  const told = await tell('explain', keyOf('two-disks', 'priority-list'), '--vm', 'a', '--at', '30');
  expect([told.code, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toContain('two-disks under priority-list (cluster seed 1, night seed 1)');
  expect(told.stdout).toContain('VM a (job one');
  expect(told.stdout).toContain('at 22:00:30: ');

  const listed = (await tell('explain', 'out')).stdout.trimEnd().split('\n');
  expect(listed).toHaveLength(8);
  expect(listed.map((line) => line.slice(0, 10))).toContain(
    keyOf('two-disks', 'priority-list').slice('out#'.length),
  );
  const unasked = await tell('explain', keyOf('two-disks', 'priority-list'));
  expect(unasked.stdout).toContain(
    '2 of 2 VMs protected; ask about one with --vm, about an instant with --at',
  );
  expect(unasked.stdout).toContain('the last  b, protected at 22:11:00');

  const made = await tell('explain', keyOf('nas-lan', 'priority-list', 2), '--vm', 'vm-3', '--json');
  expect(made.code).toBe(0);
  const { data } = JSON.parse(made.stdout) as { data: { vm: { units: { attempts: unknown[] }[] } } };
  expect(data.vm.units[0]!.attempts.length).toBeGreaterThan(0);

  const [a, b] = [keyOf('nas-lan', 'priority-list'), keyOf('nas-lan', 'round-robin')];
  const parted = await tell('diff', a, b);
  expect(parted.code).toBe(0);
  expect(parted.stdout).toMatch(
    /their very first starts differ:|after \d+ starts? that are the same, they part:/u,
  );
  expect(parted.stdout).toContain('in the end');

  const exported = await tell(
    'export',
    keyOf('two-disks', 'priority-list'),
    '--to',
    'fluid-trace',
    '-o',
    't.jsonl',
  );
  expect(exported.stdout).toContain('t.jsonl: ');
  const run = JSON.parse((await tell('fluid', 't.jsonl', '--check', '1')).stdout) as Record<string, number>;
  expect(run['events']).toBe(readFileSync(join(folder, 't.jsonl'), 'utf8').match(/^\{"f":/gmu)!.length);
  expect(run['checkError']).toBeLessThan(1e-9);
}, 180_000);

test('what names no cell, or several, or another night is said: 2', async () => {
  await results();
  const ambiguous = await tell('explain', 'out', '--vm', 'a');
  expect(ambiguous.code).toBe(2);
  expect(ambiguous.stderr).toContain('error: out: name a cell as DIR#KEY; there are:\n');
  expect(
    ambiguous.stderr.match(/^ {2}[0-9a-f]{12} {2}\S+ under \S+ \(cluster seed 1, night seed \d\)$/gmu),
  ).toHaveLength(8);
  expect((await tell('explain', 'out#zz', '--vm', 'a')).stderr).toContain('out#zz: no such cell; there are:');
  const cell = keyOf('two-disks', 'priority-list');
  expect(await tell('explain', 'nowhere#1', '--vm', 'a')).toMatchObject({ code: 2 });
  expect((await tell('explain', cell, '--vm', 'nobody')).stderr).toContain('no VM "nobody"');
  expect((await tell('diff', cell, keyOf('nas-lan', 'round-robin'))).stderr).toContain(
    'nights of different documents',
  );
  expect((await tell('diff', cell, keyOf('two-disks', 'round-robin', 2))).stderr).toContain(
    'are different nights',
  );
}, 180_000);

test('a document or an outcome that has changed since ends it: 23', async () => {
  await results();
  const cell = keyOf('two-disks', 'priority-list');
  const path = join(folder, 'night.yaml');
  const written = readFileSync(path, 'utf8');
  writeFileSync(path, written.replace('cpus: 16', 'cpus: 8'));
  const changed = await tell('explain', cell, '--vm', 'a');
  expect(changed).toMatchObject({ code: 23, stdout: '' });
  expect(changed.stderr).toContain('the document two-disks has changed since');
  writeFileSync(join(folder, 'kept.yaml'), written);
  expect(await tell('explain', cell, '--vm', 'a', '--document', 'kept.yaml')).toMatchObject({ code: 0 });

  const manifest = join(folder, 'out/manifest.json');
  const simulated = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, simulated.replace('"executor": "virtual"', '"executor": "wall"'));
  const onTheClock = await tell('explain', cell, '--vm', 'a');
  expect(onTheClock).toMatchObject({ code: 2, stdout: '' });
  expect(onTheClock.stderr).toContain('nights on the wall clock, which are not the same twice');
  writeFileSync(manifest, simulated);

  // the journal of another program: another outcome, which fits its own hash
  const journal = join(folder, 'out/journal.ndjson');
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
  const edited = lines.map((line) => {
    const entry = JSON.parse(line) as { outcome: { metrics: object }; outcomeHash: string };
    const outcome = { ...entry.outcome, metrics: {} };
    const outcomeHash = createHash('sha256').update(canonicalJson(outcome)).digest('hex');
    return canonicalJson({ ...entry, outcome, outcomeHash });
  });
  writeFileSync(journal, `${edited.join('\n')}\n`);
  const other = await tell('explain', cell, '--vm', 'a', '--document', 'kept.yaml');
  expect(other).toMatchObject({ code: 23, stdout: '' });
  expect(other.stderr).toContain('computed again, has another outcome');
}, 180_000);
