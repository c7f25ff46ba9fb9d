import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canonicalJson } from '../../harness/kit/canonical.ts';
import { UnusableError, WriteError } from '../../harness/model/errors.ts';
import { openJournal, textHash, type Entry } from '../../harness/run/journal.ts';

function pathOfJournal(): string {
  const folder = mkdtempSync(join(tmpdir(), 'proxybench-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'journal.ndjson');
}

function entry(key: string, total: number, status: Entry['outcome']['status'] = 'ok'): Entry {
  const outcome = { status, message: null, metrics: { total }, notes: {}, series: {} };
  return {
    schema: 1,
    key,
    document: 'monday',
    documentHash: 'd',
    spec: { strategy: 'x', clusterSeed: 1, nightSeed: 1 },
    outcome,
    outcomeHash: textHash(canonicalJson(outcome)),
    items: { bytes: 3, hash: 'i' },
    cost: { wall_ms: 1.5 },
  };
}

const keys = new Set(['a', 'b']);

function write(path: string, entries: readonly Entry[]): void {
  const journal = openJournal(path, keys, 'virtual');
  for (const each of entries) journal.append(each);
  journal.close();
}

function read(path: string): Entry[] {
  const journal = openJournal(path, keys, 'virtual');
  journal.close();
  return [...journal.entries.values()];
}

test('what was appended is read again; cells that nobody asked for stay in the file', () => {
  const path = pathOfJournal();
  write(path, [entry('a', 1), entry('other', 2), entry('b', 0.1 + 0.2)]);
  expect(read(path)).toEqual([entry('a', 1), entry('b', 0.1 + 0.2)]);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
});

test('a last line without its end is cut off, wherever it was torn, and the next one is whole', () => {
  const line = `${canonicalJson(entry('b', 2))}\n`;
  for (const length of [1, 100, line.length - 1]) {
    const path = pathOfJournal();
    write(path, [entry('a', 1)]);
    appendFileSync(path, line.slice(0, length));
    write(path, [entry('b', 3)]);
    expect(read(path)).toEqual([entry('a', 1), entry('b', 3)]);
  }
});

test('a line of zeros, as a lost machine may leave, is cut off where it has no end', () => {
  const path = pathOfJournal();
  write(path, [entry('a', 1)]);
  appendFileSync(path, '\0'.repeat(50));
  expect(read(path)).toEqual([entry('a', 1)]);
});

test.each([
  ['no JSON', '{"a":', 'no JSON'],
  ['another version', canonicalJson({ ...entry('b', 2), schema: 2 }), 'schema'],
  ['a value out of place', canonicalJson({ ...entry('b', 2), cost: 5 }), 'cost'],
  ['a changed outcome', canonicalJson({ ...entry('b', 2), outcome: entry('b', 3).outcome }), 'hash'],
])('a whole line that is damaged is named: %s', (_, line, why) => {
  const path = pathOfJournal();
  writeFileSync(path, `${canonicalJson(entry('a', 1))}\n${line}\n${canonicalJson(entry('b', 2))}\n`);
  expect(() => read(path)).toThrow(UnusableError);
  expect(() => read(path)).toThrow(`${path}:2 is damaged`);
  expect(() => read(path)).toThrow(why);
});

test('on the wall clock a cell may have two outcomes: the later one counts', () => {
  const path = pathOfJournal();
  for (const value of [1, 2]) {
    const journal = openJournal(path, keys, 'wall');
    journal.append(entry('a', value));
    expect([...journal.entries.values()]).toEqual([entry('a', value)]);
    journal.close();
  }
});

test('two outcomes of one cell are not deterministic; the same twice is', () => {
  const path = pathOfJournal();
  write(path, [entry('a', 1), entry('a', 1)]);
  expect(() => write(path, [entry('a', 2)])).toThrow(/not deterministic: monday under x/u);
  expect(() => write(path, [{ ...entry('a', 1), items: { bytes: 3, hash: 'j' } }])).toThrow(
    /not deterministic/u,
  );
  expect(read(path)).toEqual([entry('a', 1)]);
});

test('what the clock ended gives way to what was computed, whichever came first', () => {
  for (const order of [
    [entry('a', 0, 'timeout'), entry('a', 1)],
    [entry('a', 1), entry('a', 0, 'lost')],
  ]) {
    const path = pathOfJournal();
    write(path, order);
    expect(read(path)).toEqual([entry('a', 1)]);
  }
});

test.runIf(process.platform === 'linux')('a device is no journal', () => {
  const path = pathOfJournal();
  symlinkSync('/dev/full', path);
  expect(() => read(path)).toThrow(WriteError);
});
