/** What is computed for each key is computed once. */
export function remember<A extends readonly number[], T>(compute: (...key: A) => T): (...key: A) => T {
  const known = new Map<string, T>();
  return (...key) => {
    const text = key.join(' ');
    if (!known.has(text)) known.set(text, compute(...key));
    return known.get(text)!;
  };
}
