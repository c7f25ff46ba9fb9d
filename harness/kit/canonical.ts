import { createHash } from 'node:crypto';

/**
 * JSON that is the same text for the same content: keys sorted by code unit, no blanks, -0 written as 0, properties that are
 * undefined left out.
 *
 * @throws {TypeError} with the path of what JSON cannot say: NaN, infinities, undefined in a list, functions, class instances
 */
export function canonicalJson(value: unknown): string {
  const out: string[] = [];
  write(value, '$', out);
  return out.join('');
}

/** SHA-256, hexadecimal, of the canonical JSON, which need not fit into one string. */
export function contentHash(value: unknown): string {
  const hash = createHash('sha256');
  let pieces: string[] = [];
  const flush = () => {
    hash.update(pieces.join(''));
    pieces = [];
  };
  write(value, '$', {
    push(...texts) {
      pieces.push(...texts);
      if (pieces.length >= 10_000) flush();
    },
  });
  flush();
  return hash.digest('hex');
}

interface Out {
  push(...texts: string[]): void;
}

function write(value: unknown, path: string, out: Out): void {
  if (Array.isArray(value)) writeList(value, path, out);
  else if (isPlain(value)) writeObject(value, path, out);
  else if (isScalar(value)) out.push(JSON.stringify(value));
  else throw new TypeError(`${path}: ${describe(value)} has no canonical JSON`);
}

function writeList(list: readonly unknown[], path: string, out: Out): void {
  out.push('[');
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out.push(',');
    write(list[i], `${path}[${i}]`, out);
  }
  out.push(']');
}

function writeObject(object: Record<string, unknown>, path: string, out: Out): void {
  out.push('{');
  let separator = '';
  for (const key of Object.keys(object).toSorted(byCodeUnit)) {
    if (object[key] === undefined) continue;
    out.push(separator, JSON.stringify(key), ':');
    write(object[key], `${path}.${key}`, out);
    separator = ',';
  }
  out.push('}');
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const isScalar = (value: unknown) =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const describe = (value: unknown) =>
  typeof value === 'object' ? `an instance of ${value?.constructor.name}` : String(value);
