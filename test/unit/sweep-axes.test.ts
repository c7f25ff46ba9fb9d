import { describe, expect, it } from 'vitest';
import { pointsOf } from '../../harness/kit/design.ts';
import { isStrategyRange, parseStrategyRange } from '../../harness/kit/strategy-range.ts';
import { parseValues } from '../../harness/kit/value-range.ts';

describe('values of an axis', () => {
  it.each([
    ['4..7', [4, 5, 6, 7]],
    ['4..8:4', [4, 8]],
    ['20..70:20', [20, 40, 60]],
    ['0..0.3:0.1', [0, 0.1, 0.2, 0.3]],
    ['-1..1', [-1, 0, 1]],
    ['5', [5]],
    ['{full|incremental}', ['full', 'incremental']],
    ['{ 2 | null }', [2, 'null']],
    ['finish', ['finish']],
  ])('%s', (text, values) => {
    expect(parseValues(text, 'x')).toEqual(values);
  });

  it.each([
    ['8..4', 'x: "8..4": ends below where it begins'],
    ['1..2:0', 'the step must be above 0'],
    ['1..1e9', 'x: cannot read'],
    ['0..1:0.00001', '100001 values; expected at most 10000'],
    ['{a|a}', 'a is given twice'],
    ['{a|}', 'cannot read'],
    ['', 'cannot read'],
    ['1|2', 'cannot read "1|2"; expected a..b, a..b:step, {a|b} or one value'],
  ])('%s is refused', (text, message) => {
    expect(() => parseValues(text, 'x')).toThrow(message);
  });
});

describe('parameters of a strategy as axes', () => {
  const range = parseStrategyRange('priority-list[cap=1..3, flow={proxy-first|vm-first},threshold=2]');

  it('are those with many values, the others stay', () => {
    expect(range.axes).toEqual([
      { name: 'priority-list.cap', values: [1, 2, 3] },
      { name: 'priority-list.flow', values: ['proxy-first', 'vm-first'] },
    ]);
    const point = new Map<string, string | number>([
      ['priority-list.cap', 2],
      ['priority-list.flow', 'vm-first'],
    ]);
    expect(range.at(point)).toBe('priority-list[cap=2,flow=vm-first,threshold=2]');
    expect(range.at(new Map())).toBe('priority-list[threshold=2]');
  });

  it('are told from knobs', () => {
    expect(isStrategyRange('priority-list[cap=1..3]')).toBe(true);
    expect(isStrategyRange('proxies=1..3')).toBe(false);
  });

  it('are refused where they cannot be read', () => {
    expect(() => parseStrategyRange('lpt[cap]')).toThrow('cannot read its parameters');
    expect(() => parseStrategyRange('lpt[cap=1..2')).toThrow('expected strategy[parameter=a..b,...]');
  });
});

describe('designs', () => {
  const axes = [
    { name: 'x', values: [1, 2] },
    { name: 'y', values: ['a', 'b'] },
  ];
  const of = (design: Parameters<typeof pointsOf>[1]) =>
    pointsOf(axes, design).map((point) => Object.fromEntries(point));

  it('product: every combination, the last axis innermost', () => {
    expect(of('product')).toEqual([
      { x: 1, y: 'a' },
      { x: 1, y: 'b' },
      { x: 2, y: 'a' },
      { x: 2, y: 'b' },
    ]);
  });

  it('zip: pairs, of axes of one length only', () => {
    expect(of('zip')).toEqual([
      { x: 1, y: 'a' },
      { x: 2, y: 'b' },
    ]);
    expect(() => pointsOf([...axes, { name: 'z', values: [1] }], 'zip')).toThrow('x has 2, y has 2, z has 1');
  });

  it('one at a time: as written, then each axis alone', () => {
    expect(of('one-at-a-time')).toEqual([{}, { x: 1 }, { x: 2 }, { y: 'a' }, { y: 'b' }]);
  });

  it('without axes: as written, once', () => {
    expect(pointsOf([], 'product')).toHaveLength(1);
    expect(pointsOf([], 'zip')).toHaveLength(1);
  });
});
