import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import type { Params } from '../../harness/model/params.ts';
import type { Decider, Strategy, View } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { strategies } from '../../strategies/index.ts';
import { writtenView } from '../contract/deciders.ts';
import { documentScene, type Scene } from '../scenes/document-scene.ts';
import { startsOf } from '../scenes/fake-executor.ts';
import { nightScene, sceneNames, type SceneName } from '../scenes/night-scenes.ts';
import { playFake, players } from '../scenes/players.ts';
import { randomScene } from '../scenes/random-scenes.ts';
import { brokenPromises, isDeepFrozen } from './checks.ts';
import { paramsOf } from './parameters.ts';
import { renamed, turnedRound } from './reshape.ts';

// One suite over the whole table of strategies.

/** Scenes in which not every VM can be protected: how many are not, and why. */
const unprotected: Partial<Record<SceneName, { count: number; reasons: readonly string[] }>> = {
  'VMs that no proxy reaches': { count: 2, reasons: ['no-path'] },
  // two streams of 1800 s each in 3600 s: four finish, and what starts before the end
  'the window ends first': { count: 2, reasons: ['window-closed'] },
  // two streams of 2500 s: two finish, two are terminated
  'the window ends and terminates': { count: 4, reasons: ['window', 'window-closed'] },
};

/** No ties between VMs, and none between proxies: each is the only one for its VMs. */
const three = ['1', '2', '3'];
const untied: Scene = {
  devices: three.map((k) => `d${k}`),
  servers: three.map((k) => ({ id: `esx-${k}`, hypervisor: `kind-${k}` })),
  vms: Array.from({ length: 9 }, (_, k) => {
    const own = three[k % 3]!;
    return { key: `vm-${k}`, on: `d${own}`, server: `esx-${own}`, MB: 1000 + 137 * k };
  }),
  proxies: three.map((k) => ({ id: `p${k}`, hypervisors: [`kind-${k}`], maxStreams: Number(k) })),
};

/**
 * W1: a proxy that fails everything is the least loaded one. Where the last VMs are sent there again, by rule or by chance,
 * the round has no success and the job ends.
 */
const hole: SceneName = 'a black hole and a broken path';
const nothing = { count: 0, reasons: [] };

/** The strategy with something around each of its deciders. */
const around = (
  strategy: Strategy,
  wrap: (decider: Decider, setup: Parameters<Strategy['create']>[0]) => Decider,
) => ({
  ...strategy,
  create: (setup: Parameters<Strategy['create']>[0]) => wrap(strategy.create(setup), setup),
});

describe.each(strategies)('$name', (strategy) => {
  describe.each(Object.entries(players))('%s', (_, player) => {
    it.each(sceneNames.filter((s) => s !== hole))('protects all that can be in: %s', (scene) => {
      const night = player(nightScene(scene), strategy);
      const open = night.units.filter((u) => u.state !== 'finished');
      const { count, reasons } = unprotected[scene] ?? nothing;
      expect(open.map((u) => `${u.key} ${u.state} ${u.reason}`)).toHaveLength(count);
      expect([...new Set(open.map((u) => u.reason))].toSorted()).toEqual(reasons);
    });

    it(`loses to ${hole} nothing but the last VMs, which were sent there again`, () => {
      const night = player(nightScene(hole), strategy);
      const open = night.units.filter((u) => u.state !== 'finished');
      expect(open.length).toBeLessThanOrEqual(2);
      for (const unit of open) expect(['proxy-broken', 'path-broken']).toContain(unit.reason);
      if (open.length > 0) expect(night.jobs[0]!.end).toBe('no-progress');
    });

    it.each(sceneNames)('keeps what it promises, and every limit, in: %s', (scene) => {
      const night = player(nightScene(scene), strategy);
      expect(brokenPromises(night, strategy, strategy.defaults)).toEqual([]);
    });
  });

  it.each(sceneNames)('decides the same again, while other nights run in between, in: %s', (scene) => {
    let count = 0;
    const interrupted = around(strategy, (decider) => ({
      ...decider,
      decide(view) {
        if (count++ % 5 === 0) playFake(nightScene('many proxies'), strategy);
        return decider.decide(view);
      },
    }));
    const alone = playFake(nightScene(scene), strategy).decisions;
    expect(playFake(nightScene(scene), interrupted).decisions).toEqual(alone);
  });

  it.each(sceneNames)('writes to nothing that it is shown, in: %s', (scene) => {
    const watched = around(strategy, (decider, { job, cluster }) => {
      const written = (view: View) => writtenView(view, job.units.length, cluster.proxies.length);
      function unchanged<T>(view: View, act: () => T): T {
        const before = written(view);
        const result = act();
        expect(written(view)).toBe(before);
        return result;
      }
      return {
        decide: (view) => unchanged(view, () => decider.decide(view)),
        notice: (notice, view) => unchanged(view, () => decider.notice?.(notice, view)),
      };
    });
    playFake(nightScene(scene), watched);
  });

  // faults by chance are drawn by name
  it.each(sceneNames.filter((s) => s !== 'attempts that fail now and then'))(
    'does not look at names, in: %s',
    (scene) => {
      const document = nightScene(scene);
      expect(playFake(renamed(document), strategy).decisions).toEqual(playFake(document, strategy).decisions);
    },
  );

  it('does not look at the order of the document, if it promises so', () => {
    const document = documentScene(untied);
    const [one, other] = [document, turnedRound(document)].map((d) =>
      startsOf(playFake(d, strategy)).toSorted(),
    );
    if (strategy.keeps(strategy.defaults).includes('order-free')) expect(other).toEqual(one);
    else expect(other).not.toEqual(one);
  });

  it('protects in the first round all that it reaches, when nothing fails: others delay, they do not strand (N12)', () => {
    fc.assert(
      fc.property(randomScene, (scene) => {
        for (const unit of playFake(documentScene({ ...scene, faults: {} }), strategy).units)
          expect(unit).toMatchObject(
            unit.reason === 'no-path' ? { attempts: 0 } : { state: 'finished', round: 1 },
          );
      }),
      { numRuns: 40 },
    );
  });

  it('keeps what it promises in any small night, with any parameters', () => {
    fc.assert(
      fc.property(randomScene, paramsOf(strategy), (scene, given) => {
        const night = playFake(documentScene(scene), strategy, given);
        expect(brokenPromises(night, strategy, resolveParams(strategy, given))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const samples = [
  ...sceneNames.map(nightScene),
  ...fc.sample(randomScene, { seed: 1, numRuns: 300 }).map((scene) => documentScene(scene)),
];

const known = new Map<string, string>();
function startsIn(sample: number, strategy: Strategy, params: Params): string {
  const key = JSON.stringify([sample, strategy.name, params]);
  let text = known.get(key);
  if (text === undefined)
    known.set(key, (text = String(startsOf(playFake(samples[sample]!, strategy, params)))));
  return text;
}

/** The first of the samples in which two ways to decide differ; -1 = none. */
const firstDifference = (one: [Strategy, Params], other: [Strategy, Params]): number =>
  samples.findIndex((_, i) => startsIn(i, ...one) !== startsIn(i, ...other));

describe('the table of strategies', () => {
  const pairs = strategies.flatMap((a, i) =>
    strategies.slice(i + 1).map((b) => [a.name, b.name, a, b] as const),
  );

  it.each(pairs)('has no two that behave alike: %s and %s', (_a, _b, one, other) => {
    expect(firstDifference([one, {}], [other, {}])).toBeGreaterThanOrEqual(0);
  });

  const numbers: Params = { threshold: 2, cap: 1, dropAfter: 1 };
  /** parameters without which another has no say */
  const companions: Record<string, Params> = { raise: { scope: 'device', order: false, utilisation: false } };
  const changes = strategies.flatMap((s) =>
    Object.entries(s.defaults).flatMap(([key, value]) => {
      const others = s.choices?.[key] ?? (typeof value === 'boolean' ? [true, false] : [numbers[key]!]);
      return others.filter((v) => v !== value).map((v) => [s.name, key, v, s] as const);
    }),
  );

  it.each(changes)('has no dead parameter: %s, %s=%s changes a night', (_, key, value, strategy) => {
    const beside = companions[key] ?? {};
    const changed = { ...beside, [key]: value };
    expect(firstDifference([strategy, beside], [strategy, changed])).toBeGreaterThanOrEqual(0);
  });
});

describe('facts', () => {
  it.each(sceneNames)('are frozen to the last list, in: %s', (scene) => {
    const night = compileNight(nightScene(scene), { clusterSeed: 1, nightSeed: 1 });
    const jobs = night.jobs.flatMap((j) => [night.jobFacts(j.id, 'vm'), night.jobFacts(j.id, 'disk')]);
    expect([night.facts, ...jobs].every(isDeepFrozen)).toBe(true);
    for (const job of jobs) {
      const lists = job.units.flatMap((u) => ([1, 2, 3, 4] as const).map((t) => job.candidates(u.reach, t)));
      expect([...lists, ...night.proxies.map((p) => job.agentsOf(p.id))].every(Object.isFrozen)).toBe(true);
    }
  });
});
