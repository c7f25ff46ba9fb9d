import { createHash } from 'node:crypto';

/**
 * JSON that is the same text for the same content: keys sorted by code unit, no blanks, -0 written as 0, properties that are
 * undefined left out.
 *
 * @throws {TypeError} with the path of what JSON cannot say: NaN, infinities, undefined in a list, functions, class instances
 */
export function canonicalJson(value: unknown): string {
  const out = createOut(() => {});
  write(value, out);
  return out.text;
}

/** SHA-256, hexadecimal, of the canonical JSON, which need not fit into one string. */
export function contentHash(value: unknown): string {
  const hash = createHash('sha256');
  const out = createOut(() => {
    if (out.text.length < flushLength) return;
    hash.update(out.text);
    out.text = '';
  });
  write(value, out);
  return hash.update(out.text).digest('hex');
}

const flushLength = 2 ** 16;

interface Out {
  text: string;
  /** whoever wants the text in pieces takes it here, after each thing of a list */
  readonly flush: () => void;
  /** keys and places on the way to what is being written; what lies deeper than it is left over */
  readonly steps: (string | number)[];
  readonly shapes: Shapes;
}

const createOut = (flush: () => void): Out => ({ text: '', flush, steps: [], shapes: createShapes() });

function write(value: unknown, out: Out, depth = 0): void {
  if (typeof value === 'string') out.text += textOf(value);
  else if (typeof value === 'number' && Number.isFinite(value))
    out.text += String(value); // -0 is 0
  else if (value === null || typeof value === 'boolean') out.text += String(value);
  else if (Array.isArray(value)) writeList(value, out, depth);
  else if (isPlain(value)) writeObject(value, out, depth);
  else throw new TypeError(`${pathOf(out.steps.slice(0, depth))}: ${describe(value)} has no canonical JSON`);
}

function writeList(list: readonly unknown[], out: Out, depth: number): void {
  out.text += '[';
  for (let i = 0; i < list.length; i++) {
    if (i > 0) out.text += ',';
    out.steps[depth] = i;
    write(list[i], out, depth + 1);
    out.flush();
  }
  out.text += ']';
}

function writeObject(object: Record<string, unknown>, out: Out, depth: number): void {
  let before = '{';
  for (const { key, text } of out.shapes(Object.keys(object))) {
    const value = object[key];
    if (value === undefined) continue;
    out.text += before + text;
    before = ',';
    out.steps[depth] = key;
    write(value, out, depth + 1);
  }
  out.text += before === '{' ? '{}' : '}';
}

/** Most texts need no escapes. */
const textOf = (value: string): string => (plainText.test(value) ? `"${value}"` : JSON.stringify(value));
const plainText = /^[ !#-[\]-~]*$/u;

/** The keys of an object in order, each with its text and the colon behind it. */
type Shapes = (keys: readonly string[]) => readonly { readonly key: string; readonly text: string }[];

/** A list of a million things has a few shapes: their keys are sorted once. */
function createShapes(): Shapes {
  const known: { readonly keys: readonly string[]; readonly sorted: ReturnType<Shapes> }[] = [];
  return (keys) => {
    const shape = known.find((one) => isSame(one.keys, keys));
    if (shape !== undefined) return shape.sorted;
    const sorted = keys
      .toSorted((a, b) => (a < b ? -1 : Number(a > b)))
      .map((key) => ({ key, text: `${JSON.stringify(key)}:` }));
    if (known.length < mostShapes) known.push({ keys, sorted });
    return sorted;
  };
}

const mostShapes = 32;

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const pathOf = (steps: readonly (string | number)[]): string =>
  steps.reduce<string>((path, step) => path + (typeof step === 'number' ? `[${step}]` : `.${step}`), '$');

const describe = (value: unknown) =>
  typeof value === 'object' ? `an instance of ${value?.constructor.name}` : String(value);
