import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutRuns } from '../../harness/kit/cut-runs.ts';

const itself = (x: number) => x;

describe('cutRuns', () => {
  it('gives equal shares equal bytes where the sizes allow it', () => {
    expect(cutRuns([1, 1, 2, 4], itself, [1, 1])).toEqual([[1, 1, 2], [4]]);
  });

  it('gives three quarters of the bytes to three quarters of the shares', () => {
    expect(cutRuns([10, 10, 10, 10], itself, [3, 1])).toEqual([[10, 10, 10], [10]]);
  });

  it('puts an item where its middle lies: of 0-30 | 30-130 cut at 65, the middle of the second is 80', () => {
    expect(cutRuns([30, 100], itself, [1, 1])).toEqual([[30], [100]]);
  });

  it('leaves a run empty that no item falls into', () => {
    expect(cutRuns([100], itself, [1, 5, 1])).toEqual([[], [100], []]);
  });

  it('puts sizes of nothing into the first run', () => {
    expect(cutRuns([0, 0], itself, [1, 1])).toEqual([[0, 0], []]);
  });

  it('makes no run where there is no share', () => {
    expect(cutRuns([1, 2], itself, [])).toEqual([]);
  });

  it('keeps every item once, in order, and no run off its share by more than the largest item', () => {
    const sizes = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });
    const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, shares, (items, parts) => {
        const runs = cutRuns(items, itself, parts);
        expect(runs.flat()).toEqual(items);
        const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
        for (const [k, run] of runs.entries()) {
          const fair = (sum(items) * parts[k]!) / sum(parts);
          expect(Math.abs(sum(run) - fair)).toBeLessThanOrEqual(Math.max(...items) + 1e-9);
        }
      }),
    );
  });
});
