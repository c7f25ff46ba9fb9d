import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { findFamily } from '../../harness/generate/parse-ask.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { compileNight } from '../../harness/night/compile-night.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function compiled() {
  const estate = generateEstate(findFamily('flaky'), { vms: 40, clusterSeed: 1, night: 'full' });
  const document = acceptDocument({ ...estate, vms: [...estate.vms] }, 'estate');
  return {
    night: compileNight(document, { clusterSeed: 1, nightSeed: 1 }),
    written: new WeakRef(document.vms),
  };
}

test('a night holds on to nothing of its document: of a million VMs there is no room for both', async () => {
  const { night, written } = compiled();
  await new Promise((resolve) => setImmediate(resolve)); // a WeakRef lives as long as the turn that made it
  collect();
  expect(written.deref()).toBeUndefined();
  expect(night.jobFacts(0, 'vm').units).toHaveLength(40);
});
