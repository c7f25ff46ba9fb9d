import { expect, test } from 'vitest';
import { pickMin } from '../../harness/kit/pick.ts';

const load = [3, 1, 2, 1];
const cost = [0, 9, 0, 4];

test('gives null for no candidate', () => {
  expect(pickMin([])).toBeNull();
});

test('gives the lowest id among equals, in whatever order they come', () => {
  expect(pickMin([3, 1, 2], () => 0)).toBe(1);
  expect(pickMin(new Set([7, 4, 9]))).toBe(4);
});

test('asks a later key only to break a tie', () => {
  expect(pickMin([0, 1, 2, 3], (x) => load[x]!)).toBe(1);
  expect(
    pickMin(
      [0, 1, 2, 3],
      (x) => load[x]!,
      (x) => cost[x]!,
    ),
  ).toBe(3);
});

test('takes infinities as keys', () => {
  expect(pickMin([2, 1], () => Infinity)).toBe(1);
  expect(pickMin([1, 2], (x) => (x === 2 ? -Infinity : -1e308))).toBe(2);
});
