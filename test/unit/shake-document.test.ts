import { expect, test } from 'vitest';
import { findFamily, parseAsk } from '../../harness/generate/parse-ask.ts';
import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { shakeDocument } from '../../harness/kinds/shake-document.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import type { Document } from '../../harness/model/document/document.ts';
import { parseTimeOfDay } from '../../harness/model/units.ts';

const family = findFamily('two-jobs');
const estate = generateEstate(family, { ...parseAsk(family, { vms: 60 }), clusterSeed: 1 });
const document = acceptDocument({ ...estate, vms: [...estate.vms] }, 'two-jobs');
const seeds = { clusterSeed: 1, nightSeed: 1, shake: 1 };
const shaken = shakeDocument(document, seeds);

const sizes = (of: Document) => new Map(of.vms.map((vm) => [vm.key, vm.disks[0]!.usedMB]));

test('is a document still, of the same VMs and proxies in another order', () => {
  expect(() => acceptDocument(structuredClone(shaken), 'shaken')).not.toThrow();
  const keys = (of: Document) => of.vms.map((vm) => vm.key);
  const ids = (of: Document) => of.proxies.map((proxy) => proxy.id);
  for (const list of [keys, ids]) {
    expect(list(shaken)).not.toEqual(list(document));
    expect(list(shaken).toSorted()).toEqual(list(document).toSorted());
  }
});

test('moves sizes by 1 % and starts by a minute, at most, and both in earnest', () => {
  const before = sizes(document);
  const factors = [...sizes(shaken)].map(([key, mb]) => mb / before.get(key)!);
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.01);
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.99);
  expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.015);
  const moves = [1, 2, 3, 4, 5, 6].flatMap((shake) =>
    shakeDocument(document, { ...seeds, shake }).jobs.map(
      (job, i) => parseTimeOfDay(job.start) - parseTimeOfDay(document.jobs[i]!.start),
    ),
  );
  expect([...new Set(moves)].toSorted((a, b) => a - b)).toEqual([-60, 0, 60]);
});

test('is the same for the same seeds, another for each copy, cluster and night', () => {
  expect(shakeDocument(document, seeds)).toEqual(shaken);
  const others = [{ shake: 2 }, { clusterSeed: 2 }, { nightSeed: 2 }];
  for (const other of others)
    expect(sizes(shakeDocument(document, { ...seeds, ...other }))).not.toEqual(sizes(shaken));
});

test('moves no start across noon, where a night begins and ends', () => {
  const at = (start: string) => ({ ...document, jobs: document.jobs.map((job) => ({ ...job, start })) });
  const starts = (start: string) =>
    new Set(
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((shake) =>
        shakeDocument(at(start), { ...seeds, shake }).jobs.map((j) => j.start),
      ),
    );
  expect(starts('12:00')).toEqual(new Set(['12:00', '12:01']));
  expect(starts('11:59')).toEqual(new Set(['11:58', '11:59']));
  expect(starts('00:00')).toEqual(new Set(['23:59', '00:00', '00:01']));
});
