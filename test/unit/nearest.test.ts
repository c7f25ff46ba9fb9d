import { expect, test } from 'vitest';
import { didYouMean, findNearest } from '../../harness/model/nearest.ts';

const known = ['usedMB', 'allocatedMB', 'store', 'id'];

test.each([
  ['usedMb', 'usedMB'],
  ['usdeMB', 'usedMB'],
  ['alocatedMB', 'allocatedMB'],
  ['stores', 'store'],
  ['di', 'id'],
])('takes %s for %s', (name, meant) => {
  expect(findNearest(name, known)).toBe(meant);
});

test('keeps quiet when nothing is near', () => {
  expect(findNearest('proxy', known)).toBeNull();
  expect([didYouMean('proxy', known), didYouMean('ID', known), didYouMean('x', [])]).toEqual([
    '',
    ' (did you mean "id"?)',
    '',
  ]);
});
