import { expect, it } from 'vitest';
import { successJson } from '../../harness/cli/json.ts';

it('tells what has no bound from what is not there', () => {
  expect(JSON.parse(successJson(0, { low: -Infinity, median: null, high: Infinity }))).toEqual({
    schema: 1,
    ok: true,
    code: 0,
    data: { low: '-inf', median: null, high: 'inf' },
  });
});
