import { expect, it } from 'vitest';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { contentHash } from '../../harness/kit/canonical.ts';
import { plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

const content = plainDocument({ proxies: [plainProxy('p')], vms: [plainVm('a', [['ds', 1000]])] });
const document = { name: 'one', hash: contentHash(content), content, caveats: [], size: 1 };
const cell = { strategy: 'round-robin', clusterSeed: 1, nightSeed: 1 };

it('what a strategy takes of a cell is measured beside the outcome, and changes nothing of it', async () => {
  await backupNight.prepare?.();
  let calls = 0;
  const clock = () => 10 * calls++;
  const timed = backupNight.compute(document, cell, clock);
  // 10 ms for each call of the decider: made, told of round, start and end, asked until it waits
  expect(timed.cost!['strategy_ms']).toBe((10 * calls) / 2);
  expect(timed.cost!['strategy_ms']).toBeGreaterThanOrEqual(50);
  expect(backupNight.compute(document, cell).outcome).toEqual(timed.outcome);
});
