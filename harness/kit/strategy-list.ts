/** "a,b[x=1,y=2],c" as its strategies: a comma inside brackets or quotes parts nothing. */
export function splitStrategies(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let isQuoted = false;
  for (const char of text) {
    if (char === '"') isQuoted = !isQuoted;
    if (!isQuoted) depth += char === '[' ? 1 : char === ']' ? -1 : 0;
    if (char === ',' && depth === 0 && !isQuoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
