import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBins } from '../../harness/kit/bins.ts';

// Times and values are sixteenths and whole numbers: every sum is exact, so that equality is exact.
const timeS = fc.integer({ min: 0, max: 16 * 500 }).map((n) => n / 16);
const interval = fc.record({
  series: fc.integer({ min: 0, max: 1 }),
  a: timeS,
  b: timeS,
  value: fc.integer({ min: 0, max: 9 }),
});

test('equals the integral over each bin, however often the width doubled', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 40 }), timeS, (intervals, extraS) => {
      const bins = createBins(2, 8, 1);
      for (const { series, a, b, value } of intervals)
        bins.add(series, Math.min(a, b), Math.max(a, b), value);
      const endS = Math.max(extraS, ...intervals.map(({ a, b }) => Math.max(a, b)));
      const means = bins.means(endS);
      expect(means.map((m) => m.length)).toEqual([Math.ceil(endS / bins.binS), Math.ceil(endS / bins.binS)]);
      means.forEach((series, s) =>
        series.forEach((mean, bin) => {
          const [fromS, toS] = [bin * bins.binS, Math.min(endS, (bin + 1) * bins.binS)];
          const integral = intervals
            .filter((i) => i.series === s)
            .reduce(
              (sum, { a, b, value }) =>
                sum + value * Math.max(0, Math.min(toS, Math.max(a, b)) - Math.max(fromS, Math.min(a, b))),
              0,
            );
          expect(mean).toBe(integral / (toS - fromS));
        }),
      );
    }),
  );
});
