import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatStrategyText, parseStrategyText, resolveParams } from '../../harness/kit/strategy-text.ts';

const strategy = {
  name: 'sample',
  defaults: { cap: null, t0: 2, limit: true, label: 'plain', other: 'a b' },
};
const number = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const params = fc.record({
  cap: fc.option(number),
  t0: number,
  limit: fc.boolean(),
  label: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('null', 'true', 'vm-first', '1')),
  other: fc.string(),
});

test('what is formatted reads back as the same parameters, and formats to the same text', () => {
  fc.assert(
    fc.property(params, (all) => {
      const text = formatStrategyText(strategy.name, all, strategy.defaults);
      const { name, given } = parseStrategyText(text);
      const back = resolveParams(strategy, given);
      expect(name).toBe('sample');
      expect(back).toEqual(all);
      expect(formatStrategyText(name, back, strategy.defaults)).toBe(text);
    }),
  );
});
