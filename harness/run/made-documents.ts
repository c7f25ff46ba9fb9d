import { UserError } from '../model/errors.ts';
import type { Kind, MadeDocument } from '../model/kind.ts';
import { Problems } from './problems.ts';

type Value = string | number;

/** A family and its parameters, where a list of values stands for each of them. */
export type FamilyEntry = Readonly<Record<string, Value | readonly Value[]>>;

/**
 * The documents of an entry of a suite: the product of its axes, the last axis innermost.
 *
 * @throws {UserError} with the problems of all of them
 */
export function madeDocuments({ name, generation }: Kind, entry: FamilyEntry): MadeDocument[] {
  if (generation === undefined) throw new UserError(`kind ${name} has no families`);
  const problems = new Problems();
  const made = productOf(entry).flatMap(
    ({ family, ...parameters }) => problems.try(() => generation.parse(String(family), parameters)) ?? [],
  );
  problems.throwIfAny();
  return made;
}

const productOf = (entry: FamilyEntry): Record<string, Value>[] =>
  Object.entries(entry).reduce<Record<string, Value>[]>(
    (combinations, [axis, values]) =>
      combinations.flatMap((combination) =>
        [values].flat().map((value) => ({ ...combination, [axis]: value })),
      ),
    [{}],
  );
