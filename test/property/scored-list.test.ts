import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScoredItem, ScoredList } from '../../harness/kit/scored-list.ts';

class Item extends ScoredItem {}

const itemOf = (place: number, score: number) => Object.assign(new Item(), { place, score });

describe('a scored list', () => {
  it('answers as a walk over a plain list does, whatever is added, taken out and scored anew', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'add', 'remove', 'score'),
      place: fc.nat(40),
      score: fc.integer({ min: -2, max: 6 }),
      bound: fc.integer({ min: -3, max: 7 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const list = new ScoredList<Item>();
        let plain: Item[] = [];
        for (const { what, place, score, bound } of steps) {
          const known = plain.find((i) => i.place === place);
          if (what === 'add' && known === undefined) {
            const item = itemOf(place, score);
            list.add(item);
            plain = [...plain, item].toSorted((a, b) => a.place - b.place);
          } else if (what === 'remove' && known !== undefined) {
            list.remove(known);
            plain = plain.filter((i) => i !== known);
          } else if (what === 'score' && known !== undefined) {
            known.score = score;
            list.rescored(known);
          }
          expect(list.firstBelow(bound)).toBe(plain.find((i) => i.score < bound) ?? null);
          expect(list.least).toBe(Math.min(...plain.map((i) => i.score)));
          expect(list.isEmpty).toBe(plain.length === 0);
        }
        expect(list.items()).toEqual(plain);
      }),
    );
  });

  it('visits about log n items, whatever the order in which they came', () => {
    const visited = new Set<number>();
    class Watched extends ScoredItem {
      constructor(place: number) {
        super();
        this.place = place;
        let left: Watched | null = null;
        Object.defineProperty(this, 'left', {
          get: () => {
            visited.add(place);
            return left;
          },
          set(item: Watched | null) {
            left = item;
          },
        });
      }
    }
    const list = new ScoredList<Watched>();
    const items = Array.from({ length: 20_000 }, (_, place) => new Watched(place));
    for (const item of items) {
      item.score = 9;
      list.add(item);
    }
    let most = 0;
    const count = (act: () => void) => {
      visited.clear();
      act();
      most = Math.max(most, visited.size);
    };
    for (let i = 0; i < 20_000; i += 97) {
      const item = items[i]!;
      item.score = 1;
      count(() => list.rescored(item));
      count(() => expect(list.firstBelow(2)).toBe(item));
      count(() => list.remove(item));
      count(() => list.add(item));
      item.score = 9;
      list.rescored(item);
    }
    // a treap of 20,000 is seldom deeper than 3 log2 n, and a step sees both children
    expect(most).toBeLessThan(3 * 3 * Math.log2(20_000));
    expect(most).toBeGreaterThan(Math.log2(20_000) / 2);
  });
});
