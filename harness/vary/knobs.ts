import { UserError } from '../model/errors.ts';
import type { Change, KnobInfo } from '../model/kind.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Knob } from './knob.ts';
import { attemptKnobs } from './knobs/attempts.ts';
import { deviceKnobs } from './knobs/devices.ts';
import { fleetKnobs } from './knobs/fleet.ts';
import { guessKnobs } from './knobs/guesses.ts';
import { jobKnobs } from './knobs/jobs.ts';
import { streamKnobs } from './knobs/streams.ts';
import { surroundingKnobs } from './knobs/surroundings.ts';

/** What of a document can be turned, in the order in which changes are made. */
export const knobs: readonly Knob[] = [
  ...fleetKnobs,
  ...jobKnobs,
  ...surroundingKnobs,
  ...deviceKnobs,
  ...streamKnobs,
  ...attemptKnobs,
  ...guessKnobs,
];

/** @throws {UserError} where there is none of this name */
export function findKnob(name: string): Knob {
  const knob = knobs.find((one) => one.name === name);
  if (knob !== undefined) return knob;
  const names = knobs.map((one) => one.name);
  throw new UserError(
    `nothing called "${name}" can be varied${didYouMean(name, names)}; known: ${names.join(', ')}`,
  );
}

/** @throws {UserError} where there is no such knob, or it does not take the value */
export function parseKnob(name: string, value: number | string): Change {
  const knob = findKnob(name);
  if (doesTake(knob, value)) return { knob: name, value };
  throw new UserError(`${name}=${value} is not valid; expected ${valuesOf(knob)}`);
}

function doesTake({ takes }: Knob, value: number | string): boolean {
  if (!('least' in takes)) return takes.includes(String(value));
  if (typeof value !== 'number') return false;
  return value >= takes.least && value <= takes.most && (!takes.whole || Number.isInteger(value));
}

const valuesOf = ({ takes }: Knob): string =>
  'least' in takes
    ? `a ${takes.whole ? 'whole ' : ''}number from ${takes.least} to ${takes.most}`
    : `one of ${takes.join(', ')}`;

/** For lists of what there is. */
export const knobInfos: readonly KnobInfo[] = knobs.map((knob) => ({
  name: knob.name,
  unit: knob.unit,
  values: valuesOf(knob),
  summary: knob.summary,
}));
