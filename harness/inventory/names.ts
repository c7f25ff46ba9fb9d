/** A name that the document takes as an id: one line, no blanks or quotes at its ends, not too long. */
export function cleanName(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 180);
  return line.replaceAll(/^[\s"']+|[\s"']+$/gu, '') || 'unnamed';
}

/** Ids of one kind: one per key, none twice. */
export interface Ids {
  /** @param scope tells things of one name apart, as the site of a host; null = nothing does */
  idOf(key: string, name: string, scope: string | null): string;
}

export function createIds(): Ids {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const free = (name: string) => {
    let id = name;
    for (let n = 2; taken.has(id); n++) id = `${name} #${n}`;
    taken.add(id);
    return id;
  };
  return {
    idOf(key, name, scope) {
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = free(taken.has(name) && scope !== null ? `${name} (${scope})` : name);
      ids.set(key, id);
      return id;
    },
  };
}
