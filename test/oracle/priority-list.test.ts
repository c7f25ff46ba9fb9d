import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorityList } from '../../strategies/priority-list/index.ts';
import { documentScene } from '../scenes/document-scene.ts';
import { play, type Played } from '../scenes/fake-executor.ts';
import { randomParams, randomScene } from '../scenes/random-scenes.ts';
import { walkList } from './walk-list.ts';

const decided = ({ decisions }: Played) => decisions!.map((d) => ({ ...d, why: null }));

describe('priority-list against the walk of the list', () => {
  it('decides the same with the defaults on any small cluster', () => {
    fc.assert(
      fc.property(randomScene, (scene) => {
        const document = documentScene(scene);
        expect(decided(play(document, priorityList))).toEqual(decided(play(document, walkList)));
      }),
      { numRuns: 60 },
    );
  });

  it('decides the same under any parameters', () => {
    fc.assert(
      fc.property(randomScene, randomParams, (scene, params) => {
        const document = documentScene(scene);
        expect(decided(play(document, priorityList, params))).toEqual(
          decided(play(document, walkList, params)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
