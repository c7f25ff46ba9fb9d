// What --json prints: exactly one document, in the same envelope for success and failure.

const schema = 1;

export const successJson = (code: number, data: unknown): string =>
  JSON.stringify({ schema, ok: code === 0, code, data }, null, 2);

export const failureJson = (code: number, problems: readonly string[]): string =>
  JSON.stringify({ schema, ok: false, code, error: { problems } }, null, 2);
