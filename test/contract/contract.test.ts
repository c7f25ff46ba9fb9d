import { describe, expect, it } from 'vitest';
import { DecisionInvalid, StrategyCrashed, Unsupported } from '../../harness/coordinate/contract-error.ts';
import { strategies } from '../../strategies/index.ts';
import { play } from '../scenes/fake-executor.ts';
import { nightScene, sceneNames } from '../scenes/night-scenes.ts';
import { players, type Night } from '../scenes/players.ts';
import { byDisk, byProxy, byQueue, byVm, throughJson } from './deciders.ts';
import { hostiles } from './hostiles.ts';

const endures = [
  'one device',
  'many proxies',
  'tiers mixed',
  'VMs of several disks',
  'VMs of no bytes',
] as const;

/** Pairs of attempts at different VMs that overlap in time on a store. */
function sharedStores({ attempts, night }: Night): number {
  const facts = night.jobFacts(0, 'disk');
  const pairs = attempts.flatMap((a) =>
    attempts.filter((b) => b.attempt > a.attempt && b.vm !== a.vm).map((b) => [a, b] as const),
  );
  return pairs.filter(
    ([a, b]) =>
      b.startS < a.endS! && facts.units[a.unit]!.stores.some((s) => facts.units[b.unit]!.stores.includes(s)),
  ).length;
}

describe.each(Object.entries(players))('the contract, %s', (_, player) => {
  describe.each([byProxy, byVm, byQueue, byDisk])('carries $name', (decider) => {
    it.each(endures)('through %s', (scene) => {
      const night = player(nightScene(scene), decider);
      expect(night.units.every((u) => u.state === 'finished')).toBe(true);
    });
  });

  it('lets a rule of a product keep to one open snapshot per store, disk by disk', () => {
    const scene = nightScene('VMs of several disks');
    const night = player(scene, byDisk);
    expect(night.units.length).toBeGreaterThan(scene.vms.length);
    expect(night.decisions!.some((d) => d.what === 'throttle')).toBe(true);
    expect(sharedStores(night)).toBe(0);
    expect(sharedStores(player(scene, byDisk, { snapshots: 4 }))).toBeGreaterThan(0);
  });

  describe.each([...strategies, byProxy, byDisk])('reaches $name over a wire', (strategy) => {
    it.each(sceneNames)('in %s: every notice as JSON makes the same view and the same night', (scene) => {
      let compared = 0;
      const wired = throughJson(strategy, (same) => {
        compared++;
        expect(same).toBe(true);
      });
      const far = player(nightScene(scene), wired);
      expect(far.decisions).toEqual(player(nightScene(scene), strategy).decisions);
      expect(compared).toBe(far.decisionCount);
    });
  });

  describe('names what a hostile decider does', () => {
    it.each(hostiles.map((h) => [h.strategy.name, h] as const))('%s', (_name, hostile) => {
      const errors = { DecisionInvalid, StrategyCrashed, Unsupported };
      const run = () => player(nightScene(hostile.scene ?? 'one device'), hostile.strategy);
      expect(run).toThrow(errors[hostile.error]);
      expect(run).toThrow(hostile.message);
    });
  });
});

describe('a decider that never starts anything', () => {
  it('ends its rounds, and the VMs are stranded as not assigned', () => {
    const night = play(nightScene('one device'), {
      ...byVm,
      create: () => ({ decide: () => ({ do: 'end-round' }) }),
    });
    expect(night.units.map((u) => u.reason)).toEqual(Array.from({ length: 6 }, () => 'not-assigned'));
  });
});

describe('what an executor does not offer', () => {
  it('ends as unsupported, with the name of what is missing', () => {
    const run = () => play(nightScene('one device'), byDisk, {}, { offers: ['latency'] });
    expect(run).toThrow(Unsupported);
    expect(run).toThrow('by-disk needs throttle, which this executor does not offer');
  });
});
