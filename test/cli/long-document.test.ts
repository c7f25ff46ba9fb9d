import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KindCore } from '../../harness/run/task.ts';
import { createDocumentReader, createSharing } from '../../harness/run/shared-documents.ts';
import { cli, folderWith, monday, resultsOf } from './cli-scene.ts';

// A long document is read by the thread that computes its cells, and by no other one before it has to.

const lengthened = (text: string) => `${text}# ${'-'.repeat(2 ** 22)}\n`;

test('a long document is computed as a short one, on one thread and on two', async () => {
  const folder = folderWith({ 'monday.yaml': monday, 'long.yaml': lengthened(monday) });
  const seeds = ['--clusters', '2', '--nights', '2'];
  await cli(['run', 'monday.yaml', '-o', 'short', ...seeds], folder);
  const one = await cli(['run', 'long.yaml', '-o', 'one', '-j', '1', ...seeds], folder);
  const two = await cli(['run', 'long.yaml', '-o', 'two', '-j', '2', ...seeds], folder);
  const again = await cli(['run', 'long.yaml', '-o', 'one', '-j', '1', ...seeds], folder);
  expect([one.code, two.code, again.code]).toEqual([0, 0, 0]);
  expect(again.stdout).toContain('0 cells computed, 12 kept from before');
  const short = resultsOf(join(folder, 'short'));
  expect(resultsOf(join(folder, 'one'))).toEqual(short);
  expect(resultsOf(join(folder, 'two'))).toEqual(short);
});

test('what is wrong with one is told with what is wrong with others, and nothing is written', async () => {
  const wrong = monday.replace('minutes: 5', 'minutes: -5');
  const folder = folderWith({ 'long.yaml': lengthened(wrong), 'short.yaml': wrong });
  const { code, stderr } = await cli(['run', 'long.yaml', 'short.yaml', '-o', 'out'], folder);
  expect(code).toBe(2);
  const problems = stderr.split('\n').filter((line) => line.includes('.yaml'));
  expect(problems).toHaveLength(2);
  expect(problems[0]).toBe(problems[1]!.replace('short.yaml', 'long.yaml'));
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

/** The text of a file as a document of so many items: read by one thread, and as it is shared with others. */
function readScene(size: number) {
  const path = join(folderWith({ 'long.yaml': 'as planned' }), 'long.yaml');
  const parseDocument: KindCore['parseDocument'] = (text) => ({
    name: 'long',
    hash: String(text),
    content: text,
    caveats: [],
    size,
  });
  const reader = () => createDocumentReader({ parseDocument } as KindCore);
  const first = reader();
  const { content: _, ...rest } = first.read(path);
  return { path, reader, first, shared: createSharing()({ ...rest, path }) };
}

test('one that changes while it is computed is not taken for what it was', () => {
  const { path, reader, first, shared } = readScene(1);
  expect(first.at(shared, 1).content).toBe('as planned');
  expect(reader().at(shared, 1).content).toBe('as planned');
  writeFileSync(path, 'otherwise');
  expect(first.at(shared, 1).content).toBe('as planned');
  expect(() => reader().at(shared, 1)).toThrow('has changed since the run began; run it again');
});

test('a very long one is gone when a cell has what it needs of it, and read again for the next', () => {
  const { path, first, shared } = readScene(1_000_000);
  const lent = first.at(shared, 1);
  expect(lent.content).toBe('as planned');
  lent.letGo?.();
  expect(lent.content).toBeNull();
  expect(first.at(shared, 1).content).toBe('as planned');
  writeFileSync(path, 'otherwise');
  expect(() => first.at(shared, 1)).toThrow('has changed since the run began; run it again');
});
