import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, contentHash } from '../../harness/kit/canonical.ts';

test('sorts keys at every depth and leaves lists in order', () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'é"' } })).toBe('{"a":{"c":"é\\"","d":null},"b":[2,1]}');
});

test('writes -0 as 0 and leaves out what is undefined', () => {
  expect(canonicalJson({ x: -0, y: undefined })).toBe('{"x":0}');
});

test('is what a plain recursion says, of objects of any shape', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === plainly(value)));
  const manyShapes = Array.from({ length: 100 }, (_, i) => ({ [`b${i}`]: i, 10: 0, 9: '\u2028' }));
  expect(canonicalJson(manyShapes)).toBe(
    `[${manyShapes.map((_, i) => `{"10":0,"9":"\u2028","b${i}":${i}}`).join(',')}]`,
  );
});

test('hashes by content, not by order of keys', () => {
  expect(contentHash({ a: 1, b: 2 })).toBe(contentHash({ b: 2, a: 1 }));
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }));
  // printf '{"a":1}' | sha256sum
  expect(contentHash({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
});

test.each([
  [{ a: [1, { b: Number.NaN }] }, '$.a[1].b: NaN'],
  [[-Infinity], '$[0]: -Infinity'],
  [[undefined], '$[0]: undefined'],
  [{ when: new Date(0) }, '$.when: an instance of Date'],
  [new Map(), '$: an instance of Map'],
])('refuses %o with its path', (value, words) => {
  expect(() => canonicalJson(value)).toThrow(words);
});

function plainly(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainly).join(',')}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${plainly(inner)}`).join(',')}}`;
}
