import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import { strategies } from '../../strategies/index.ts';
import { documentScene } from '../scenes/document-scene.ts';
import { play, type Played } from '../scenes/fake-executor.ts';
import { randomScene } from '../scenes/random-scenes.ts';
import { walked, walkedNames } from './walk-baselines.ts';

const decided = ({ decisions }: Played) => decisions!.map((d) => ({ ...d, why: null }));
const given: fc.Arbitrary<Params> = fc.record({
  respectLimit: fc.boolean(),
  onLoss: fc.constantFrom('lost', 'redistribute'),
  threshold: fc.constantFrom(0, 0.5, 1),
  sameCluster: fc.boolean(),
  groupBy: fc.constantFrom('site-hypervisor', 'cluster'),
});

it('every baseline has a walk', () => {
  const others = strategies.map((s) => s.name).filter((name) => name !== 'priority-list');
  expect(walkedNames.toSorted()).toEqual(others.toSorted());
});

describe('a baseline against its walk over every VM and proxy', () => {
  it.each(walkedNames)('%s decides the same on any small cluster', (name) => {
    const strategy = strategies.find((s) => s.name === name)!;
    const own = (params: Params) =>
      Object.fromEntries(Object.entries(params).filter(([key]) => key in strategy.defaults));
    fc.assert(
      fc.property(randomScene, given, (scene, params) => {
        const document = documentScene(scene);
        const got = decided(play(document, strategy, own(params)));
        expect(got).toEqual(decided(play(document, walked(name), own(params))));
      }),
      { numRuns: 50 },
    );
  });
});
