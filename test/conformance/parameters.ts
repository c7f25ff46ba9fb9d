import * as fc from 'fast-check';
import type { Params } from '../../harness/model/params.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { randomParams } from '../scenes/random-scenes.ts';

/** Any parameters of a strategy. */
export function paramsOf({ name, defaults, choices = {} }: Strategy): fc.Arbitrary<Params> {
  if (name === 'priority-list') return randomParams;
  const valuesOf = (key: string) =>
    choices[key] ?? (typeof defaults[key] === 'boolean' ? [true, false] : [defaults[key]!]);
  return fc.record(
    Object.fromEntries(Object.keys(defaults).map((key) => [key, fc.constantFrom(...valuesOf(key))])),
  );
}
