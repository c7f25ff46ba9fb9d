import { expect, test } from 'vitest';
import { loadSolver } from '../../harness/kinds/solve-program.ts';
import { boundsOf } from '../../harness/measure/bounds.ts';
import type { NightSketch } from '../scenes/record-scene.ts';
import { nightScene } from '../scenes/record-scene.ts';

// Ten VMs of 1 GB by the SAN port of one proxy (100 MB/s) or by reads of their server (50 MB/s): neither is needed, so
// neither alone bounds the night; four streams at 100 MB/s do, with 25 s. Both together move 150 MB/s.
const twoWays: NightSketch = {
  vms: Array.from({ length: 10 }, () => ({ disksMB: [1000], tiers: [1, 3] as const })),
  proxies: [{ hbaMBps: 100 }, {}],
  networkReadMBps: 50,
};

test('resources of which each can be gone round bound the night together', async () => {
  const { bestS, binding, all, program } = boundsOf(nightScene(twoWays), 'vm', { solve: await loadSolver() });
  expect(bestS).toBeCloseTo(10_000 / 150, 6);
  expect(program).toBe('solved');
  expect(all[0]!.name).toBe('together');
  expect(binding).toBe(
    'SAN ports of proxies proxy-0 (67 %) with network reads of VM servers server-0 (33 %)',
  );
});

test('without a solver, or where it gives up, the longest of one resource stands, and that is said', () => {
  const alone = { bestS: 25, binding: 'streams of job job-0' };
  expect(boundsOf(nightScene(twoWays), 'vm', { solve: null })).toMatchObject({
    ...alone,
    program: 'no solver',
  });
  expect(boundsOf(nightScene(twoWays), 'vm', { solve: () => null })).toMatchObject({
    ...alone,
    program: 'not solved',
  });
});

test('prices that are wrong make a bound low, never false', () => {
  for (const price of [0, 1e-9, 1, 1e9]) {
    const solve = ({ rows }: { rows: readonly unknown[] }) => rows.map((_, i) => price * (1 + (i % 3)));
    const { bestS } = boundsOf(nightScene(twoWays), 'vm', { solve });
    expect(bestS).toBeGreaterThanOrEqual(25);
    expect(bestS).toBeLessThanOrEqual((10_000 / 150) * (1 + 1e-9));
  }
});

test('a night with too many different ways has none, without asking the solver', () => {
  const proxies = Array.from({ length: 70 }, (_, i) => ({ hbaMBps: 100 + i }));
  const agents = Array.from({ length: 60 }, (_, i) => ({ maxStreams: 10 + i }));
  const night = nightScene({
    vms: [{ disksMB: [1000], tiers: proxies.map(() => 1 as const) }],
    proxies,
    agents,
    jobs: [{ agents: [...agents.keys()] }],
  });
  const solve = () => {
    throw new Error('it was asked');
  };
  expect(boundsOf(night, 'vm', { solve })).toMatchObject({ bestS: 10, program: 'too large' });
});

test('the bound where stream limits of proxies are kept is never the lesser', () => {
  const night = nightScene({ ...twoWays, proxies: [{ hbaMBps: 100, limit: 1 }, { limit: 1 }] });
  const [any, kept] = [false, true].map((keepLimits) => boundsOf(night, 'vm', { solve: null, keepLimits }));
  // ten VMs of 10 s each over two streams
  expect([any!.bestS, kept!.bestS, kept!.binding]).toEqual([25, 50, 'stream limits of all proxies']);
});
