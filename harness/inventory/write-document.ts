/**
 * A document as YAML: one line per thing of a list, which reads like a table, is written in one go and compares well.
 *
 * @param document plain data
 */
export function formatYaml(document: object): string {
  const lines = Object.entries(document).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (Array.isArray(value) && value.length > 0 && typeof value[0] === 'object')
      return [`${key}:`, ...value.map((item) => `  - ${flow(item)}`)];
    if (key === 'ledger') return block({ [key]: value as unknown }, '');
    return [`${key}: ${flow(value)}`];
  });
  return `${lines.join('\n')}\n`;
}

function block(map: object, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${indent}${flow(key)}: ${flow(value)}`];
    const isDeep = Object.values(value).some((inner) => typeof inner === 'object');
    return isDeep
      ? [`${indent}${flow(key)}:`, ...block(value, `${indent}  `)]
      : [`${indent}${flow(key)}: ${flow(value)}`];
  });
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? text(value) : JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return pairs.length === 0
    ? '{}'
    : `{ ${pairs.map(([key, inner]) => `${text(key)}: ${flow(inner)}`).join(', ')} }`;
}

/** Plain where YAML cannot take it for anything else than this text, else quoted as in JSON, which YAML reads alike. */
const text = (value: string) =>
  /^[A-Za-z][\w.-]*$/u.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/iu.test(value)
    ? value
    : JSON.stringify(value);
