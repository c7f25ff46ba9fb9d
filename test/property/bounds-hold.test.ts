import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { bestNightOf } from '../../harness/measure/best-night.ts';
import { loadSolver } from '../../harness/kinds/solve-program.ts';
import { wideBounds } from '../../harness/measure/bounds/wide.ts';
import { measureNight } from '../../harness/measure/measure-night.ts';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { sharingModels } from '../../harness/model/document/night.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { defineStrategy, type Decider, type Setup } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';

/** Starts whatever it can on whatever proxy chance names, with as many streams as it may. */
const atRandom = (workUnit: 'vm' | 'disk') =>
  defineStrategy({
    contract: 1,
    name: 'at-random',
    summary: 'any unit, any proxy',
    source: 'this test',
    additions: '',
    defaults: {},
    workUnit: () => workUnit,
    keeps: () => [],
    create: ({ job, rng }: Setup<Record<string, never>>): Decider => ({
      decide(view) {
        for (const unit of view.awaiting()) {
          const ways = [1, 2, 3, 4].flatMap((t) =>
            job.candidates(job.units[unit]!.reach, t as 1 | 2 | 3 | 4),
          );
          const proxy = ways[rng.below(Math.max(1, ways.length))];
          if (proxy === undefined || !view.proxies.inService[proxy]) continue;
          const slots = job.agentsOf(proxy).map((a) => view.agents.limit[a]! - view.agents.active[a]!);
          const most = Math.min(job.streamsPerVm, job.units[unit]!.disks.length, view.jobFree);
          const streams = Math.min(most, Math.max(...slots));
          if (streams > 0) return { do: 'start', unit, proxy, streams };
        }
        return view.awaitingCount === 0 ? { do: 'end-round' } : { do: 'wait' };
      },
    }),
  });

const MB = fc.integer({ min: 0, max: 40_000 });
const disk = fc.record({ store: fc.constantFrom('ds-san', 'ds-nas'), usedMB: MB });
const proxy = fc.record({
  cpus: fc.integer({ min: 1, max: 4 }),
  at: fc.constantFrom('san', 'server', 'site'),
});

const drawnNight = fc.record({
  vms: fc.array(fc.array(disk, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
  proxies: fc.array(proxy, { minLength: 1, maxLength: 3 }),
  nasMBps: fc.integer({ min: 50, max: 600 }),
  linkMBps: fc.integer({ min: 40, max: 400 }),
  agents: fc.constantFrom<string[][]>(['near'], ['far'], ['near', 'far']),
  kinds: fc.tuple(fc.constantFrom('full', 'incremental'), fc.constantFrom('full', 'incremental')),
  streams: fc.integer({ min: 1, max: 6 }),
  streamsPerVm: fc.integer({ min: 1, max: 3 }),
  reducedAt: fc.constantFrom('proxy', 'agent'),
  laterAt: fc.constantFrom('22:00', '22:01', '22:30'),
  workUnit: fc.constantFrom('vm', 'disk'),
  nightSeed: fc.integer({ min: 1, max: 1000 }),
  sharing: fc.constantFrom(...sharingModels),
});
type DrawnNight = typeof drawnNight extends fc.Arbitrary<infer T> ? T : never;

/** Two jobs over one SAN and one NAS; one VM server, a second site behind a link. */
function documentOf(d: DrawnNight): DocumentInput {
  const job = { policy: 'copy', streams: d.streams, streamsPerVm: d.streamsPerVm };
  const split = Math.ceil(d.vms.length / 2);
  const keys = d.vms.map((_, i) => `vm-${i}`);
  return {
    proxybench: 1,
    name: 'drawn',
    sharing: d.sharing,
    sites: [{ id: 'here' }, { id: 'there' }],
    links: [{ between: ['here', 'there'], MBps: d.linkMBps }],
    devices: [
      {
        id: 'array',
        media: 'hybrid',
        attachment: { kind: 'san', site: 'here', zones: ['z'] },
        production: { MBps: Array.from({ length: 24 }, (_, hour) => (hour === 22 ? 100 : 20)) },
      },
      { id: 'nas', media: 'hdd', attachment: { kind: 'nas', site: 'here' }, readMBps: d.nasMBps },
    ],
    stores: [
      { id: 'ds-san', device: 'array', maxOpenSnapshots: 3 },
      { id: 'ds-nas', device: 'nas', maxOpenSnapshots: 2 },
    ],
    managementServers: [{ id: 'm' }],
    servers: [{ id: 'esx', site: 'here', stores: ['ds-san', 'ds-nas'], managementServer: 'm' }],
    vms: d.vms.map((disks, i) => ({
      key: keys[i]!,
      server: 'esx',
      disks: disks.map((own) => ({ ...own, allocatedMB: own.usedMB, dailyChange: 0.3 })),
    })),
    proxies: d.proxies.map(({ cpus, at }, i) => ({
      id: `proxy-${i}`,
      cpus,
      ramMB: 4000,
      ...(at === 'server' ? { server: 'esx' } : { site: 'here', sanZones: at === 'san' ? ['z'] : [] }),
    })),
    agents: [
      { id: 'near', site: 'here', storage: 'vault', maxStreams: 4 },
      { id: 'far', site: 'there', storage: 'vault', maxStreams: 4 },
    ],
    secondaryStorage: [{ id: 'vault', writeMBps: 300 }],
    policies: [{ id: 'copy', agents: d.agents, reducedAt: d.reducedAt as 'proxy' }],
    jobs: [
      { ...job, id: 'first', kind: d.kinds[0] as 'full', select: { vms: keys.slice(0, split) } },
      ...(split < keys.length
        ? [
            {
              ...job,
              id: 'later',
              kind: d.kinds[1] as 'full',
              select: { vms: keys.slice(split) },
              start: d.laterAt,
            },
          ]
        : []),
    ],
  };
}

test('no night that is simulated is shorter than its bounds, and every number of it is one', async () => {
  const solve = await loadSolver();
  let complete = 0;
  fc.assert(
    fc.property(drawnNight, (drawn) => {
      const workUnit = drawn.workUnit as 'vm' | 'disk';
      const night = compileNight(acceptDocument(documentOf(drawn), 'drawn'), {
        clusterSeed: 1,
        nightSeed: drawn.nightSeed,
      });
      const strategy = atRandom(workUnit);
      const record = simulateNight({ night, strategy, params: {}, seedText: String(drawn.nightSeed) });
      const bounds = bestNightOf(night, solve);
      const wide = wideBounds(night).any.map((b) => b.seconds);
      expect(Math.max(0, ...wide)).toBeLessThanOrEqual(bounds.bestS * (1 + 1e-9));
      const { metrics } = measureNight(night, record, bounds);
      for (const [name, value] of Object.entries(metrics))
        expect([name, value === null || Number.isFinite(value)]).toEqual([name, true]);
      if (metrics['makespan_s'] === null) return;
      complete++;
      expect(metrics['makespan_s']).toBeGreaterThanOrEqual(metrics['bound_s']! * (1 - 1e-9));
    }),
    { numRuns: 150 },
  );
  expect(complete).toBeGreaterThan(100);
});
