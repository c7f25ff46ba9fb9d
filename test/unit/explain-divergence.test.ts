import { expect, it } from 'vitest';
import { diffText } from '../../harness/cli/diff-text.ts';
import { diffNights, type Lying } from '../../harness/kinds/explain-night.ts';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { nightScene, type SceneName } from '../scenes/night-scenes.ts';

const lying = (name: SceneName, strategy: string): Lying => ({
  document: { name, hash: '', content: nightScene(name), caveats: [], size: 1 },
  spec: { strategy, clusterSeed: 1, nightSeed: 1 },
});

const diff = (name: SceneName, a: string, b: string): string => {
  const { told, ...results } = diffNights(lying(name, a), lying(name, b));
  const side = (strategy: string, { outcome }: typeof results.a) => ({
    name: strategy,
    t95S: outcome.metrics['t95_vms_s'] ?? null,
    makespanS: outcome.metrics['makespan_s'] ?? null,
  });
  return diffText(told, [side(a, results.a), side(b, results.b)], 100);
};

it('two strategies part at the first start that differs; until then all is the same', () => {
  expect(diff('many proxies', 'round-robin', 'least-loaded')).toMatchInlineSnapshot(`
    "after 10 starts that are the same, they part:
      round-robin   starts vm-11 on p5 (job job, 1 stream) at 22:00:10
      least-loaded  starts vm-11 on p1 (job job, 1 stream) at 22:00:10

    as it stood for both at 22:00:10
      job           job, round 1: 2 await, 9 streams under way, 1 free
      proxies       p1 1 of 2, p2 3 of 3, p3 1 of 1, p4 2 of 2, p5 2 of 5
      devices       d1 3, d2 3, d3 3

    why round-robin did so
      its devices   3 streams on d2
      proxies       p5: chosen: network, 2 of 5 streams, utilisation 0.40
                    p1: had room: san, 1 of 2 streams, utilisation 0.50; the chosen one had 0.40
                    p2: at its limit, 3 of 3 streams
                    p3: at its limit, 1 of 1 streams
                    p4: at its limit, 2 of 2 streams

    why least-loaded did so
      its devices   3 streams on d2
      proxies       p1: chosen: san, 1 of 2 streams, utilisation 0.50
                    p2: at its limit, 3 of 3 streams
                    p3: at its limit, 1 of 1 streams
                    p4: at its limit, 2 of 2 streams
                    p5: had room: network, 2 of 5 streams, utilisation 0.40; the chosen one had 0.50

    in the end
      protected     12 of 12 VMs by round-robin, 12 by least-loaded
      95 % of VMs   round-robin 2 min 20 s, least-loaded 2 min 20 s
      all VMs       round-robin 2 min 20 s, least-loaded 2 min 20 s
      VMs by end    0 earlier under round-robin, 0 under least-loaded, 12 at the same time
    "
  `);
});

it('a strategy does not part from itself', () => {
  expect(diff('many proxies', 'least-loaded', 'least-loaded')).toBe(
    'least-loaded and least-loaded start the same VMs on the same proxies at the same times.\n',
  );
});

it('the state is that before the earlier of the two decisions', () => {
  const a = lying('one device', 'priority-list');
  const b = lying('one device', 'priority-list[cap=1]');
  const { told, a: resultA } = diffNights(a, b);
  expect(resultA).toEqual(backupNight.compute(a.document, a.spec));
  // at the cap of 1 the second stream waits for the first to end, whose device is busy
  expect(told.afterStarts).toBe(1);
  expect(told.a!.atS).toBe(0);
  expect(told.b!.atS).toBeGreaterThan(0);
  expect(told.seenByA).toMatchObject({ atS: 0, jobActive: 1, devices: [{ device: 'disk', active: 1 }] });
  expect(told.price).toMatchObject({ vms: 6, protectedByA: 6, protectedByB: 6, onlyA: [], onlyB: [] });
  expect(told.price.earlierInA + told.price.earlierInB + told.price.sameEnd).toBe(6);
});
