import type { Id } from '../model/facts.ts';

/** Names to dense ids, in document order. */
export type IdOf = (name: string) => Id;

/**
 * Indexed when the first name is asked for: few nights ask for a VM by its name, and some have a million.
 *
 * @throws {Error} for a name that is not there: a checked document has none
 */
export function indexNames(kind: string, namesOf: () => readonly string[]): IdOf {
  let ids: ReadonlyMap<string, Id> | null = null;
  return (name) => {
    ids ??= new Map(namesOf().map((one, id) => [one, id]));
    const id = ids.get(name);
    if (id === undefined) throw new Error(`unchecked document: no ${kind} "${name}"`);
    return id;
  };
}

export interface NameIndex {
  readonly site: IdOf;
  readonly device: IdOf;
  readonly store: IdOf;
  readonly server: IdOf;
  readonly managementServer: IdOf;
  readonly proxy: IdOf;
  readonly agent: IdOf;
  readonly storage: IdOf;
  readonly policy: IdOf;
  readonly vm: IdOf;
}
