// What --json prints: exactly one document, in the same envelope for success and failure.

const schema = 1;

export const successJson = (code: number, data: unknown): string =>
  JSON.stringify({ schema, ok: code === 0, code, data }, withoutBound, 2);

export const failureJson = (code: number, problems: readonly string[]): string =>
  JSON.stringify({ schema, ok: false, code, error: { problems } }, null, 2);

/** JSON has no number for what has no bound, and null says that there is none: the word of the tables. */
const withoutBound = (_key: string, value: unknown): unknown =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value;
