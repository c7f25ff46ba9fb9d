import { describe, expect, test } from 'vitest';
import { UserError } from '../../harness/model/errors.ts';
import { formatStrategyText, parseStrategyText, resolveParams } from '../../harness/kit/strategy-text.ts';

const sample = {
  name: 'sample',
  defaults: { cap: null, t0: 2, flow: 'proxy-first', limit: true, label: 'plain' },
  choices: { flow: ['proxy-first', 'vm-first'] },
};

describe('parseStrategyText', () => {
  test.each([
    ['sample', 'sample', {}],
    [' sample [ ] ', 'sample', {}],
    ['sample[t0=3,cap=null]', 'sample', { t0: 3, cap: null }],
    ['./mine.js[ limit = false , flow=vm-first ]', './mine.js', { limit: false, flow: 'vm-first' }],
    ['exec: ./decide --fast[t0=1e1]', 'exec: ./decide --fast', { t0: 10 }],
    ['sample[label="a, b]=\\"c\\"",t0=0.5]', 'sample', { label: 'a, b]="c"', t0: 0.5 }],
    ['sample[t0=-0]', 'sample', { t0: 0 }],
  ])('reads %s', (text, name, given) => {
    expect(parseStrategyText(text)).toStrictEqual({ name, given });
  });

  test.each([
    ['', 'expected name or name['],
    ['[t0=1]', 'expected name or name['],
    ['sample[t0=1', 'expected name or name['],
    ['sample[t0=1]x', 'expected name or name['],
    ['sample[t0]', 'cannot read "t0"'],
    ['sample[t0=1;cap=2]', 'cannot read "t0=1;cap=2"'],
    ['sample[t0=]', 'cannot read "t0="'],
    ['sample[t0=1,t0=2]', 'parameter "t0" is given twice'],
    ['sample[t0=1e999]', '"1e999" is no value'],
    ['sample[t0=01]', '"01" is no value'],
    ['sample[t0={1|2}]', 'cannot read'],
    ['sample[t0=1..5]', '"1..5" is no value'],
    ['sample[label="\\x"]', '"\\x"" is no value'],
  ])('refuses %s', (text, words) => {
    expect(() => parseStrategyText(text)).toThrow(UserError);
    expect(() => parseStrategyText(text)).toThrow(words);
  });
});

describe('formatStrategyText', () => {
  test('says only what differs from the defaults, in their order', () => {
    const params = { ...sample.defaults, limit: false, t0: 3 };
    expect(formatStrategyText('sample', params, sample.defaults)).toBe('sample[t0=3,limit=false]');
    expect(formatStrategyText('sample', sample.defaults, sample.defaults)).toBe('sample');
  });

  test('quotes texts that would read as something else', () => {
    for (const label of ['true', 'null', '3', 'two words', ''])
      expect(formatStrategyText('sample', { ...sample.defaults, label }, sample.defaults)).toBe(
        `sample[label="${label}"]`,
      );
  });
});

describe('resolveParams', () => {
  test('puts what was given over the defaults, in the order of the defaults', () => {
    const params = resolveParams(sample, { limit: false, cap: 4 });
    expect(Object.entries(params)).toEqual(Object.entries({ ...sample.defaults, cap: 4, limit: false }));
  });

  test('names every problem at once and what would be right', () => {
    const given = { flwo: 'x', t0: -1, cap: 'high', flow: 'both', limit: 1, label: false };
    expect(() => resolveParams(sample, given)).toThrow(
      [
        'sample: no parameter "flwo" (did you mean "flow"?); known: cap, t0, flow, limit, label',
        'sample: t0=-1 is not valid; expected a number of at least 0',
        'sample: cap=high is not valid; expected null or a number of at least 0',
        'sample: flow=both is not valid; expected one of proxy-first, vm-first',
        'sample: limit=1 is not valid; expected true or false',
        'sample: label=false is not valid; expected a word or a "quoted text"',
      ].join('\n'),
    );
  });

  test('says so where a strategy has no parameters', () => {
    expect(() => resolveParams({ name: 'plain', defaults: {} }, { t0: 1 })).toThrow(
      'plain: no parameter "t0"; it has none',
    );
  });

  test('is not fooled by names that every object has', () => {
    expect(() => resolveParams(sample, { constructor: 1 })).toThrow('no parameter "constructor"');
    expect(parseStrategyText('sample[toString=toString]').given).toEqual({ toString: 'toString' });
  });
});
