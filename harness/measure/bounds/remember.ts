/** What is computed for each key is computed once. */
export function remember<A extends readonly number[], T>(compute: (...key: A) => T): (...key: A) => T {
  const known = new Map<number, unknown>();
  return (...key) => {
    let level = known;
    for (let i = 0; i < key.length - 1; i++) {
      let next = level.get(key[i]!);
      if (next === undefined) level.set(key[i]!, (next = new Map<number, unknown>()));
      level = next as Map<number, unknown>;
    }
    const last = key.at(-1)!;
    if (!level.has(last)) level.set(last, compute(...key));
    return level.get(last) as T;
  };
}
