import { describe, expect, test } from 'vitest';
import { bestNightOf } from '../../harness/measure/best-night.ts';
import { boundsOf, type BoundName } from '../../harness/measure/bounds.ts';
import { wideBounds } from '../../harness/measure/bounds/wide.ts';
import { nightScene, type NightSketch } from '../scenes/record-scene.ts';

// Bounds of nights too large to ask who reaches what. That they hold: test/oracle/bounds.test.ts.

const secondsOf = (sketch: NightSketch, name: BoundName) =>
  wideBounds(nightScene(sketch)).any.find((b) => b.name === name)?.seconds;
const tenVms = { vms: Array.from({ length: 10 }, () => ({ disksMB: [1000] })) };

describe('bounds from sums over all VMs', () => {
  test.each<[BoundName, NightSketch, number]>([
    ['vm', { vms: [{ disksMB: [1000] }, { disksMB: [9000, 3000] }] }, 90], // at the stream cap, 100 MB/s, a disk by itself
    ['device', { ...tenVms, devices: [{ readMBps: 50 }] }, 200],
    ['proxies', { ...tenVms, proxies: [{ fullMBps: 40 }, { fullMBps: 60 }] }, 100],
    ['streams', { ...tenVms, jobs: [{ streams: 2 }] }, 50],
  ])('%s', (name, sketch, seconds) => {
    expect(secondsOf(sketch, name)).toBeCloseTo(seconds, 9);
    // which one by one comes to the same
    expect(boundsOf(nightScene(sketch), 'disk').all.find((b) => b.name === name)?.seconds).toBeCloseTo(
      seconds,
      9,
    );
  });

  test('stand in for all others above 20,000 VMs, and say so', () => {
    const night = nightScene({ ...tenVms, devices: [{ readMBps: 50 }] });
    const [job] = night.jobs;
    const large = (count: number) => ({
      ...night,
      jobs: [{ ...job!, vms: Array.from({ length: count }, (_, i) => i % 10) }],
    });
    const { bestS, program, binding } = bestNightOf(large(20_001), null);
    expect({ bestS, program }).toEqual({ bestS: 20_001 * 20, program: 'far too large' });
    expect(binding).toMatch(/^device /u);
  });
});
