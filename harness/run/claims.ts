import { z } from 'zod';
import { formatStrategyText, parseStrategyText } from '../kit/strategy-text.ts';
import type { Kind } from '../model/kind.ts';
import type { Params, ParamValue } from '../model/params.ts';

// What a suite expects, written down before it runs.

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const claimSchema = z.strictObject({
  claim: z.string().min(1).describe('in words'),
  metric: z.string().min(1).describe('name of a metric'),
  more: z.string().min(1).describe('strategy that is expected to have more of it'),
  than: z.string().min(1).describe('the strategy that it is held against'),
  byAtLeast: z
    .number()
    .positive()
    .default(0.01)
    .describe('so much more: a share of it; of shares, and of what may be 0, in its unit'),
});
export type Claim = z.output<typeof claimSchema>;

export const readingsSchema = z
  .record(z.string(), z.array(value).min(1))
  .describe('values of parameters that a source leaves open: each claim is judged under every combination');
export type Readings = z.output<typeof readingsSchema>;

/** A claim under one reading: canonical text forms. */
export interface ClaimCase {
  readonly reading: Params;
  readonly more: string;
  readonly than: string;
}

/** @throws {UserError} for an unknown strategy or parameter */
export function casesOf({ more, than }: Claim, readings: Readings, kind: Kind): ClaimCase[] {
  const seen = new Map<string, ClaimCase>();
  for (const reading of combinations(readings)) {
    const sides = [more, than].map((text) => readAs(text, reading, kind));
    const own = Object.entries(reading).filter(([name]) => sides.some(({ taken }) => taken.includes(name)));
    const [a, b] = sides.map(({ text }) => text) as [string, string];
    // A strategy against itself says nothing.
    if (a !== b) seen.set(`${a} ${b}`, { reading: Object.fromEntries(own), more: a, than: b });
  }
  return [...seen.values()];
}

/** A strategy takes of a reading the parameters that it has and that its text does not settle itself. */
function readAs(text: string, reading: Params, kind: Kind): { text: string; taken: string[] } {
  const { name, given } = parseStrategyText(kind.parseStrategy(text));
  const settled = parseStrategyText(text).given;
  const defaults = kind.strategies.find((strategy) => strategy.name === name)!.defaults as Params;
  const taken = Object.keys(reading).filter(
    (param) => Object.hasOwn(defaults, param) && !Object.hasOwn(settled, param),
  );
  const params = {
    ...defaults,
    ...given,
    ...Object.fromEntries(taken.map((param) => [param, reading[param]!])),
  };
  return { text: kind.parseStrategy(formatStrategyText(name, params, defaults)), taken };
}

function combinations(readings: Readings): Params[] {
  let all: Params[] = [{}];
  for (const [name, values] of Object.entries(readings))
    all = all.flatMap((some) => values.map((one): Params => ({ ...some, [name]: one as ParamValue })));
  return all;
}
