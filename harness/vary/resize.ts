/** A thing of the document that is numbered by clones: the first has no origin. */
export interface Resized<T> {
  readonly list: readonly T[];
  /** names of clones, by the name of what they are a clone of */
  readonly clones: ReadonlyMap<string, readonly string[]>;
  /** names of those that are gone */
  readonly dropped: ReadonlySet<string>;
}

/**
 * So many of them: more are clones of the present ones in turn, called name-2, name-3, ...; fewer drop the last.
 *
 * @param wanted at least 1
 * @param isTaken names that a clone must not have, beside those of the list
 */
export function resize<T extends { readonly id: string }>(
  present: readonly T[],
  wanted: number,
  isTaken: (name: string) => boolean,
): Resized<T> {
  const list = present.slice(0, wanted);
  const dropped = new Set(present.slice(wanted).map(({ id }) => id));
  const clones = new Map<string, string[]>();
  const names = new Set(present.map(({ id }) => id));
  for (let i = list.length; i < wanted; i++) {
    const origin = present[i % present.length]!;
    const id = freeName(origin.id, (name) => names.has(name) || isTaken(name));
    names.add(id);
    clones.set(origin.id, [...(clones.get(origin.id) ?? []), id]);
    list.push({ ...origin, id });
  }
  return { list, clones, dropped };
}

function freeName(stem: string, isTaken: (name: string) => boolean): string {
  let n = 2;
  while (isTaken(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

/** A list of names after it: without the dropped, clones at the end. */
export const renamed = (
  names: readonly string[],
  { clones, dropped }: Pick<Resized<unknown>, 'clones' | 'dropped'>,
): string[] => [
  ...names.filter((name) => !dropped.has(name)),
  ...names.flatMap((name) => clones.get(name) ?? []),
];
