import { describe, expect, it } from 'vitest';
import { countWork } from '../../harness/kinds/decision-cost/count-work.ts';
import { createLookCounter } from '../../harness/kinds/decision-cost/look-counter.ts';
import { measureCost } from '../../harness/kinds/decision-cost/measure-cost.ts';
import { createReplay } from '../../harness/kinds/decision-cost/replay.ts';
import { tapeNight, type Tape } from '../../harness/kinds/decision-cost/tape.ts';
import { timeWork, type Stopwatch } from '../../harness/kinds/decision-cost/time-work.ts';
import { createMirror } from '../../harness/coordinate/mirror.ts';
import { defineStrategy, type Strategy } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { strategies } from '../../strategies/index.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';

const threeVms: Scene = {
  vms: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
  proxies: [{ id: 'p1' }, { id: 'p2' }],
};

/** Builds a list by the size of each VM; starts the first that awaits on the less loaded of two proxies. */
const handMade = defineStrategy({
  contract: 1,
  name: 'hand-made',
  summary: 'for tests',
  source: 'none',
  additions: 'all',
  defaults: {},
  workUnit: () => 'vm',
  keeps: () => ['seed-free'],
  create: ({ job }) => ({
    decide(view) {
      const { active } = view.proxies;
      for (const unit of view.awaiting())
        return { do: 'start', unit, proxy: active[0]! <= active[1]! ? 0 : 1 };
      return { do: 'end-round' };
    },
    notice(n) {
      if (n.type === 'round') n.awaiting.reduce((sum, unit) => sum + job.units[unit]!.toMoveMB, 0);
    },
  }),
});

const nightOf = (scene: Scene) => compileNight(documentScene(scene), { clusterSeed: 1, nightSeed: 1 });
const tapesOf = (scene: Scene, strategy: Strategy): Tape[] =>
  tapeNight({ night: nightOf(scene), strategy, params: strategy.defaults, seedText: 'test' });

describe('a tape', () => {
  it('holds what a decider met in its first round, up to its last decision', () => {
    const scene: Scene = { ...threeVms, faults: { broken: [{ vm: 'b', attempts: 1 }] } };
    const [tape, ...others] = tapesOf(scene, handMade);
    expect(others).toEqual([]);
    const told = tape!.inputs.map(({ notice }) => notice?.type ?? 'asked');
    expect(told).toEqual(['round', 'asked', 'opened', 'asked', 'opened', 'asked', 'opened', 'asked']);
    expect(tape!.listInputs).toBe(1);
    expect(tape!.decisions.map((d) => d.do)).toEqual(['start', 'start', 'start', 'end-round']);
  });

  it('is one per job', () => {
    const jobs = [
      { id: 'job-1', select: { vms: ['a', 'b'] } },
      { id: 'job-2', select: { vms: ['c'] } },
    ];
    const tapes = tapesOf({ ...threeVms, jobs }, handMade);
    expect(tapes.map(({ setup }) => setup.job.name)).toEqual(['job-1', 'job-2']);
  });
});

describe('counted work', () => {
  it('is what a decider looked at, each once, and every read', () => {
    const work = countWork(tapesOf(threeVms, handMade), handMade.create);
    expect(work).toEqual({
      lists: 1,
      decisions: 4,
      starts: 3,
      listLooks: { units: 3, proxies: 0, reads: 3 },
      // each of three starts: one VM that awaits, the streams of two proxies; the fourth finds that none awaits
      decisionLooks: { units: 3, proxies: 6, reads: 9 },
      mostUnits: 1,
      mostProxies: 2,
    });
  });

  it('refuses a decider that answers otherwise than on the tape', () => {
    const others = () => ({ decide: () => ({ do: 'start', unit: 2, proxy: 1 }) as const });
    expect(() => countWork(tapesOf(threeVms, handMade), others)).toThrow(
      'decision 1 was {"do":"start","unit":0',
    );
  });

  it('sees a look through whatever method it comes', () => {
    const { setup } = tapesOf(threeVms, handMade)[0]!;
    const counter = createLookCounter();
    const job = counter.watchJob(setup.job);
    const cluster = counter.watchCluster(setup.cluster);
    const { view } = createMirror(setup.cluster, setup.job, { latencyMs: () => 0, rateIfMBps: () => 0 });
    const watched = counter.watchView(view);
    const looksOf = (look: () => unknown) => {
      look();
      return counter.take();
    };
    expect(looksOf(() => job.tier(1, 0))).toEqual({ units: 1, proxies: 1, reads: 2 });
    expect(looksOf(() => job.candidates(0, 1))).toEqual({ units: 0, proxies: 2, reads: 2 });
    expect(looksOf(() => [job.units[1]!.toMoveMB, job.units[1]!.reach])).toEqual({
      units: 1,
      proxies: 0,
      reads: 2,
    });
    expect(looksOf(() => cluster.proxies.map((p) => p.limit))).toEqual({ units: 0, proxies: 2, reads: 2 });
    expect(looksOf(() => Array.from(watched.proxies.inService))).toEqual({ units: 0, proxies: 2, reads: 2 });
    expect(looksOf(() => [watched.isAwaiting(0), watched.attempts(0), watched.agentFree(1)])).toEqual({
      units: 1,
      proxies: 1,
      reads: 3,
    });
    expect(looksOf(() => [watched.jobFree, watched.nowS, watched.proxies.limit.length])).toEqual({
      units: 0,
      proxies: 0,
      reads: 0,
    });
  });

  it.each(strategies.map((s) => [s.name, s] as const))('of %s is the same on repeat', (_name, strategy) => {
    const scene: Scene = {
      devices: ['d1', 'd2'],
      vms: Array.from({ length: 12 }, (_, i) => ({
        key: `v${i}`,
        on: i % 3 === 0 ? 'd2' : 'd1',
        MB: 1000 + i,
      })),
      proxies: [
        { id: 'p1', maxStreams: 2 },
        { id: 'p2', san: ['d2'] },
        { id: 'p3', san: [], maxStreams: 1 },
      ],
      faults: { broken: [{ vm: 'v3', attempts: 1 }] },
    };
    const tapes = tapesOf(scene, strategy);
    const work = countWork(tapes, strategy.create);
    expect(work.decisionLooks.reads + work.listLooks.reads).toBeGreaterThan(0);
    expect(work.starts).toBe(12);
    expect(countWork(tapes, strategy.create)).toEqual(work);
    expect(countWork(tapesOf(scene, strategy), strategy.create)).toEqual(work);
  });
});

describe('time', () => {
  it('is that of the decider alone: what a replay takes anyway is taken off', () => {
    const runsMs: Record<string, number> = {
      'x, lists': 5,
      'x, decisions': 9,
      'x: harness, lists': 2,
      'x: harness, decisions': 10,
    };
    const read: Stopwatch = ({ name }) => runsMs[name]!;
    const times = timeWork(tapesOf(threeVms, handMade), { name: 'x', create: handMade.create }, read);
    expect(times).toEqual({ listMs: 3, decisionMs: 0 });
  });

  it('is taken of a fresh decider in each run', () => {
    const tapes = tapesOf(threeVms, handMade);
    let created = 0;
    const create: typeof handMade.create = (setup) => {
      created++;
      return handMade.create(setup);
    };
    const twice: Stopwatch = ({ prepare, run }) => {
      for (const _ of [1, 2]) {
        prepare();
        run();
      }
      return 1;
    };
    timeWork(tapes, { name: 'x', create }, twice);
    expect(created).toBe(4);
  });

  it('needs a list before a decision', () => {
    const replay = createReplay(tapesOf(threeVms, handMade)[0]!, handMade.create);
    expect(() => replay.decide()).toThrow();
  });
});

describe('a measurement', () => {
  const count = (sizes: number[], names: string[], progress: string[] = []) =>
    measureCost(
      { strategies: names, family: 'enterprise-san', sizes },
      () => 0,
      (what) => progress.push(what),
    );

  it('has a row per size and strategy, in which every VM was started', () => {
    const progress: string[] = [];
    const rows = count([20, 40], ['random', 'priority-list[cap=2]'], progress);
    expect(progress).toEqual([
      '20 VMs, random',
      '20 VMs, priority-list[cap=2]',
      '40 VMs, random',
      '40 VMs, priority-list[cap=2]',
    ]);
    expect(rows.map(({ vms, starts }) => starts / vms)).toEqual([1, 1, 1, 1]);
  });

  it('refuses what is unknown', () => {
    expect(() => count([20], ['rundom'])).toThrow('did you mean "random"');
  });
});
