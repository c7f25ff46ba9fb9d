import { UserError } from '../model/errors.ts';
import type { Kind } from '../model/kind.ts';

/** The module that holds the table, an absolute file: URL, so that threads can import the same. */
export async function loadKinds(url: string): Promise<readonly Kind[]> {
  const { kinds } = (await import(url)) as { kinds?: readonly Kind[] };
  if (!Array.isArray(kinds) || kinds.length === 0) throw new UserError(`${url}: exports no table of kinds`);
  return kinds as readonly Kind[];
}

/** @param name null = the first of the table */
export function findKind(kinds: readonly Kind[], name: string | null): Kind | undefined {
  return name === null ? kinds[0] : kinds.find((kind) => kind.name === name);
}
