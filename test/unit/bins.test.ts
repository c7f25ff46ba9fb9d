import { expect, test } from 'vitest';
import { createBins } from '../../harness/kit/bins.ts';

test('shares an interval out over the bins that it overlaps', () => {
  const bins = createBins(2, 4, 10);
  bins.add(0, 5, 25, 2); // 10 in bin 0, 20 in bin 1, 10 in bin 2
  bins.add(1, 0, 30, 3);
  expect(bins.means(30)).toEqual([
    [1, 2, 1],
    [3, 3, 3],
  ]);
});

test('divides the last bin by its part before the end', () => {
  const bins = createBins(1, 4, 10);
  bins.add(0, 10, 15, 4);
  expect(bins.means(15)).toEqual([[0, 4]]);
  expect(bins.means(20)).toEqual([[0, 2]]);
});

test('doubles the width when time passes the last bin, and keeps the integral', () => {
  const bins = createBins(1, 4, 10);
  bins.add(0, 0, 10, 1);
  bins.add(0, 30, 40, 1);
  expect(bins.binS).toBe(10);
  bins.add(0, 159, 160, 40);
  expect(bins.binS).toBe(40);
  expect(bins.means(160)).toEqual([[0.5, 0, 0, 1]]);
});

test('has no bin when no time has passed, and empty ones where nothing was added', () => {
  expect(createBins(1, 4, 10).means(0)).toEqual([[]]);
  expect(createBins(1, 4, 10).means(80)).toEqual([[0, 0, 0, 0]]);
});
