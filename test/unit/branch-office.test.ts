import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import { selectVms } from '../../harness/model/document/select-vms.ts';

const path = 'fixtures/estates/branch-office.yaml';
const document = parseDocument(readFileSync(path, 'utf8'), path);
const keysOf = (job: number) =>
  selectVms(document, document.jobs[job]!).map((place) => document.vms[place]!.key);

test('the example of how to write a document is one', () => {
  const { servers, devices, stores, vms, proxies, agents } = document;
  expect([servers, devices, stores, vms, proxies, agents].map((list) => list.length)).toEqual([
    2, 2, 3, 12, 3, 1,
  ]);
});

test('its jobs share out all VMs but the proxies', () => {
  expect(keysOf(0)).toEqual(['dc-1', 'sql-1', 'mail-1', 'erp-1', 'web-1', 'dc-2', 'web-2', 'files-1']);
  expect(keysOf(1)).toEqual(['print-1', 'test-1']);
});

test('what it leaves out has its default', () => {
  expect(document.vms[3]!.priority).toBe('normal');
  expect(document.stores.map((store) => store.maxOpenSnapshots)).toEqual([4, 6, 4]);
  expect(document.overheads.snapshotCreateS).toBe(5);
});
