/** What the reader left out, by reason, and what else is worth telling: counted in order of first sight. */
export interface Tally {
  add(what: string, count?: number): void;
  entries(): readonly (readonly [what: string, count: number])[];
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (what, count = 1) => void (count > 0 && counts.set(what, (counts.get(what) ?? 0) + count)),
    entries: () => [...counts],
  };
}
