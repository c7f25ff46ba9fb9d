import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellKey, type KeyParts } from '../../harness/run/cell-key.ts';
import { planCells } from '../../harness/run/plan.ts';
import type { Kind, LoadedDocument } from '../../harness/model/kind.ts';

const kind = { name: 'parcels', executor: 'clerk', engineVersion: 1 } as Kind;
const document = (name: string, hash = name): LoadedDocument => ({
  name,
  hash,
  content: {},
  caveats: [],
  size: 1,
});
const one = { clusters: 1, nights: 1, shakes: 0 };

test('strategies are innermost: what an interrupted run has done can be compared', () => {
  const request = {
    documents: [document('a'), document('b')],
    strategies: ['x', 'y'],
    clusters: 1,
    nights: 2,
    shakes: 0,
  };
  const { cells } = planCells(kind, [request], 'code');
  expect(cells.map(({ document: { name }, spec }) => `${name}${spec.nightSeed}${spec.strategy}`)).toEqual(
    'a1x a1y a2x a2y b1x b1y b2x b2y'.split(' '),
  );
});

test('shaken copies stand beside their cell, with keys of their own', () => {
  const request = { documents: [document('a')], strategies: ['x', 'y'], clusters: 1, nights: 1, shakes: 2 };
  const { cells } = planCells(kind, [request], 'code');
  expect(cells.map(({ spec }) => `${spec.strategy}${spec.shake ?? ''}`)).toEqual([
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
  ]);
  expect(new Set(cells.map(({ key }) => key)).size).toBe(6);
  const plain = planCells(kind, [{ ...request, shakes: 0 }], 'code').cells;
  expect(plain.map(({ key }) => key)).toEqual(cells.slice(0, 2).map(({ key }) => key));
});

test('a cell that two files ask for is computed once', () => {
  const documents = [document('a')];
  const { cells } = planCells(
    kind,
    [
      { documents, strategies: ['x', 'y'], ...one },
      { documents: [document('a')], strategies: ['y', 'z'], ...one },
    ],
    'code',
  );
  expect(cells.map(({ spec }) => spec.strategy)).toEqual(['x', 'y', 'z']);
});

test('two documents of one name are refused, one document twice is not', () => {
  const plan = (documents: LoadedDocument[]) =>
    planCells(kind, [{ documents, strategies: ['x'], ...one }], 'code');
  expect(() => plan([document('a', '1'), document('a', '2')])).toThrow(/both called "a"/u);
  expect(plan([document('a', '1'), document('a', '1')]).documents).toHaveLength(1);
});

test('a key follows from every part of a cell, and from nothing else', () => {
  const text = fc.string({ maxLength: 3 });
  const parts: fc.Arbitrary<KeyParts> = fc.record({
    kind: fc.record({ name: text, executor: text, engineVersion: fc.nat(3) }),
    codeHash: text,
    documentHash: text,
    strategy: text,
    clusterSeed: fc.nat(3),
    nightSeed: fc.nat(3),
  });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      expect(cellKey(a) === cellKey(b)).toBe(isSame);
      expect(cellKey({ ...a, nightSeed: a.nightSeed + 1 })).not.toBe(cellKey(a));
      // neither the place of a part nor what a kind carries besides counts
      const mixed = {
        ...Object.fromEntries(Object.entries(a).toReversed()),
        kind: { ...a.kind, charts: [] },
      };
      expect(cellKey(mixed as unknown as KeyParts)).toBe(cellKey(a));
    }),
  );
});
