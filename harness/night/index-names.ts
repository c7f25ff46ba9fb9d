import type { Id } from '../model/facts.ts';

/** Names to dense ids, in document order. */
export type IdOf = (name: string) => Id;

/** @throws {Error} for a name that is not there: a checked document has none */
export function indexNames(kind: string, names: readonly string[]): IdOf {
  const ids = new Map(names.map((name, id) => [name, id]));
  return (name) => {
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
