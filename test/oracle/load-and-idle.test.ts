import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounters } from '../../harness/coordinate/counters.ts';
import { createIdleWatch } from '../../harness/coordinate/idle-watch.ts';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { fewStreams } from '../../harness/attempt/limit-watch.ts';
import { createLoadRecorder } from '../../harness/attempt/load-recorder.ts';
import type { Tier } from '../../harness/model/access.ts';
import type { JobFacts } from '../../harness/model/facts.ts';
import { limitGroups, type LoadRecord } from '../../harness/model/record.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { plainDevice, plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';
import { createWalkingIdleWatch } from './walk-idle.ts';
import { createWalkingRecorder } from './walk-load.ts';

const deviceCount = 3;
const night = compileNight(
  plainDocument({
    devices: Array.from({ length: deviceCount }, (_, d) =>
      plainDevice(`disk-${d}`, { latencyMs: 5, latencyMsPerIo: 1 + d }),
    ),
    stores: [{ id: 'ds', device: 'disk-0' }],
    proxies: [plainProxy('p0'), plainProxy('p1')],
    vms: [plainVm('a', [['ds', 1000]])],
  }),
  { clusterSeed: 1, nightSeed: 1 },
);

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      count: fc.integer({ min: 1, max: 4 }),
      device: fc.nat({ max: deviceCount - 1 }),
      proxy: fc.nat({ max: 1 }),
      tier: fc.constantFrom<Tier>(1, 2, 3, 4),
      sizeMB: fc.integer({ min: 0, max: 9000 }),
      isCapped: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('production' as const),
      device: fc.nat({ max: deviceCount - 1 }),
      io: fc.integer({ min: 0, max: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('run' as const), forS: fc.integer({ min: 1, max: 900 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Both recorders over the same streams. */
function recordBoth(steps: readonly Step[]) {
  const solver = createFastSolver();
  const resources = night.devices.map((_, d) =>
    solver.addResource({ capacity: 50 * (d + 1), efficiency: { kind: 'none' } }),
  );
  const recorders = [createLoadRecorder(night), createWalkingRecorder(night)] as const;
  const flows: number[] = [];
  let nowS = 0;

  const end = (flow: number, movedMB: number) => {
    flows.splice(flows.indexOf(flow), 1);
    for (const recorder of recorders) recorder.end(flow, movedMB);
  };
  const sizes = new Map<number, number>();
  const acts: { [D in Step['do']]: (s: Extract<Step, { do: D }>) => void } = {
    read({ count, device, proxy, tier, sizeMB, isCapped }) {
      for (let n = 0; n < count; n++) {
        const uses = [{ resource: resources[device]!, perMB: 1 }];
        const flow = solver.start({ sizeMB, capMBps: isCapped ? 10 : 200, uses });
        sizes.set(flow, sizeMB);
        flows.push(flow);
        for (const recorder of recorders) recorder.begin(flow, { device, proxy, tier });
      }
    },
    stop({ which }) {
      const flow = flows[which % flows.length];
      if (flow !== undefined) end(flow, solver.stop(flow));
    },
    production: ({ device, io }) => recorders.forEach((recorder) => recorder.setProductionIo(device, io)),
    run({ forS }) {
      const untilS = nowS + forS;
      while (nowS < untilS) {
        const toS = Math.min(untilS, Math.max(nowS, solver.nextS()));
        const facts = {
          activeStreams: () => flows.length + 2,
          rateMBps: (flow: number) => solver.rateMBps(flow),
          movedMB: (flow: number) => solver.movedMB(flow),
          limitGroup: (flow: number) =>
            (solver.limiterOf(flow) === null ? 'stream cap' : 'source') as 'source',
          relimited: () => solver.relimited(),
        };
        for (const recorder of recorders) recorder.span(nowS, toS, facts);
        nowS = toS;
        for (const flow of Array.from(solver.advance(toS))) end(flow, sizes.get(flow)!);
      }
    },
  };
  for (const s of steps) (acts[s.do] as (s: Step) => void)(s);
  // as in a night: nothing is under way when it is over
  for (const flow of flows.slice()) end(flow, solver.stop(flow));
  const [lazy, walked] = recorders.map((recorder) => recorder.record(nowS, () => 0));
  return { lazy: lazy!, walked: walked! };
}

const numbersOf = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Object.values(value as object).flatMap(numbersOf);

function expectClose(got: unknown, wanted: unknown): void {
  const [a, b] = [numbersOf(got), numbersOf(wanted)];
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => expect(Math.abs(x - b[i]!)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b[i]!))));
}

const ofDevices = ({
  devices,
  deviceStreams,
  binS,
  throughServersMB,
  proxies,
}: Omit<LoadRecord, 'proxies'> & { proxies: unknown }) => [
  devices,
  deviceStreams,
  binS,
  throughServersMB,
  proxies,
];

describe('what is recorded at changes alone', () => {
  it('is the load that a walk over everything at every event records', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { lazy, walked } = recordBoth(steps);
        expectClose(ofDevices(lazy), ofDevices(walked));
        const most = steps.reduce((sum, s) => sum + (s.do === 'read' ? s.count : 0), 0);
        if (most <= fewStreams) expectClose(lazy.limitedStreams, walked.limitedStreams);
      }),
      { numRuns: 300 },
    );
  });

  it('counts every stream for one limiter, however many there are', () => {
    const read = { do: 'read', proxy: 0, tier: 1 } as const;
    const long: Step = { ...read, count: 200, device: 0, sizeMB: 1e5, isCapped: false };
    // on another device: few at their caps, then too many for that, then few again
    const short = Array.from({ length: 60 }, (_, n): Step[] => [
      { ...read, count: 1, device: 2, sizeMB: 300 + 37 * n, isCapped: true },
      { do: 'run', forS: 3 },
    ]);
    const steps = [long, ...short.flat()];
    const { lazy, walked } = recordBoth([...steps, { do: 'run', forS: 1000 }]);
    expectClose(ofDevices(lazy), ofDevices(walked));
    const all = ({ limitedStreams }: Pick<LoadRecord, 'limitedStreams'>) =>
      limitedStreams.source.map((_, bin) => limitGroups.reduce((sum, g) => sum + limitedStreams[g][bin]!, 0));
    expect(Math.max(...all(walked))).toBeGreaterThan(3 * fewStreams);
    expectClose(lazy.limitedStreams, walked.limitedStreams);
    for (const group of ['source', 'stream cap'] as const)
      expect(Math.max(...walked.limitedStreams[group])).toBeGreaterThan(5);
  });

  it('is the time that proxies are idle while a unit awaits', () => {
    const act = fc.record({
      of: fc.constantFrom('stream' as const, 'service' as const, 'unit' as const),
      proxy: fc.nat({ max: 1 }),
      forS: fc.nat({ max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const counters = createCounters(night.facts);
        counters.proxies.limit.set([1, 2]);
        let nowS = 0;
        const lazy = createIdleWatch(counters, () => nowS);
        const walked = createWalkingIdleWatch(counters);
        // units of class r are reached by proxies from r on
        const job = { reachCount: 2, candidates: (r: number, t: Tier) => (t === 2 ? [0, 1].slice(r) : []) };
        const waits = [0, 0];
        for (const { of, proxy, forS } of acts) {
          const { active, inService } = counters.proxies;
          if (of === 'stream') active[proxy] = (active[proxy]! + 1) % 3;
          if (of === 'service') inService[proxy] = 1 - inService[proxy]!;
          if (of === 'unit') {
            const change = forS % 2 === 0 && waits[proxy]! > 0 ? -1 : 1;
            waits[proxy]! += change;
            for (const watch of [lazy, walked]) watch.count(job as unknown as JobFacts, proxy, change);
          } else lazy.look(proxy);
          nowS += forS;
          walked.advance(nowS);
        }
        expect([...lazy.idleS()]).toEqual([...walked.idleS]);
      }),
    );
  });
});
