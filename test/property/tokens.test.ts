import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTokens } from '../../harness/attempt/tokens.ts';
import type { Want } from '../../harness/attempt/tokens.ts';

const poolCount = 4;

const wants = fc.array(
  fc.record({ pool: fc.nat({ max: poolCount - 1 }), count: fc.integer({ min: 0, max: 4 }) }),
  { maxLength: 3 },
);

const limits = fc.array(fc.option(fc.integer({ min: 1, max: 5 }), { freq: 5 }), {
  minLength: poolCount,
  maxLength: poolCount,
});

const ops = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('request' as const), wants }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('release' as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('release-one' as const), pick: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('withdraw' as const), pick: fc.nat() }) },
  ),
  { maxLength: 60 },
);

/** The rule, read off the page: look at all who wait, oldest first, after every change. */
class Model {
  readonly held = new Map<number, number[]>();
  waiting: { owner: number; counts: number[] }[] = [];
  private readonly limits: readonly (number | null)[];

  constructor(poolLimits: readonly (number | null)[]) {
    this.limits = poolLimits;
  }

  countsOf(list: readonly Want[]): number[] {
    return this.limits.map((limit, p) => {
      const sum = list.reduce((total, want) => (want.pool === p ? total + want.count : total), 0);
      return Math.min(sum, limit ?? Infinity);
    });
  }

  inUse(pool: number): number {
    return [...this.held.values()].reduce((sum, counts) => sum + counts[pool]!, 0);
  }

  grant(): number[] {
    const granted: number[] = [];
    const before = this.limits.map(() => false);
    this.waiting = this.waiting.filter(({ owner, counts }) => {
      const isBlocked = counts.some((count, p) => {
        const limit = this.limits[p]!;
        return limit !== null && count > 0 && (before[p] || this.inUse(p) + count > limit);
      });
      if (isBlocked) counts.forEach((count, p) => (before[p] ||= count > 0));
      else {
        this.held.set(owner, counts);
        granted.push(owner);
      }
      return isBlocked;
    });
    return granted;
  }
}

it('grants what first come, first served grants, in the same order, and is never stuck', () => {
  fc.assert(
    fc.property(limits, ops, (poolLimits, list) => {
      const tokens = createTokens();
      const model = new Model(poolLimits);
      for (const limit of poolLimits) tokens.addPool(limit);
      const same = (): void => {
        for (let p = 0; p < poolCount; p++) {
          expect(tokens.inUse(p)).toBe(model.inUse(p));
          expect(tokens.inUse(p)).toBeLessThanOrEqual(poolLimits[p] ?? Infinity);
          expect(tokens.waiting(p)).toBe(model.waiting.filter(({ counts }) => counts[p]! > 0).length);
        }
      };
      list.forEach((op, owner) => {
        if (op.does === 'request') {
          model.waiting.push({ owner, counts: model.countsOf(op.wants) });
          expect(tokens.request(owner, op.wants)).toBe(model.grant().includes(owner));
        } else if (op.does === 'withdraw') {
          const from = model.waiting[op.pick % Math.max(1, model.waiting.length)]?.owner ?? 999;
          model.waiting = model.waiting.filter((request) => request.owner !== from);
          expect(tokens.withdraw([from])).toEqual(model.grant());
        } else {
          const holders = [...model.held.keys()];
          const from = holders[op.pick % Math.max(1, holders.length)];
          if (from === undefined) return;
          const all = tokens.heldBy(from);
          const gives = (op.does === 'release' ? all : all.slice(0, 1)).map((want) => ({ ...want }));
          const given = model.countsOf(gives);
          model.held.set(
            from,
            model.held.get(from)!.map((count, p) => count - given[p]!),
          );
          expect(tokens.release(from, gives)).toEqual(model.grant());
        }
        same();
      });
      // everybody gives back what they hold: then everybody is served
      while (model.waiting.length > 0) {
        const [from] = [...model.held].find(([, counts]) => counts.some((count) => count > 0))!;
        model.held.delete(from);
        expect(tokens.release(from, [...tokens.heldBy(from)])).toEqual(model.grant());
        same();
      }
    }),
    { numRuns: 500 },
  );
});
