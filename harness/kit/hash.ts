export type HashPart = string | number;

/**
 * A well mixed 32-bit hash of a list of texts and numbers. Lists that differ in kind, length or order of their parts differ
 * in what is hashed: ['ab'] is not ['a', 'b'], 1 is not '1'; -0 is 0.
 *
 * @param lane hashes of two lanes are independent of each other
 * @returns a signed 32-bit whole number
 * Source: MurmurHash3 by Austin Appleby (public domain), x86 32-bit, fed with whole words.
 */
export function hashParts(parts: readonly HashPart[], lane: number): number {
  let hash = mix(lane | 0, parts.length);
  for (const part of parts) hash = typeof part === 'string' ? mixText(hash, part) : mixNumber(hash, part);
  return finish(hash ^ parts.length);
}

// Each part begins with a word for its kind; a text says its length, so that no two lists give the same words.
const wholeKind = 0x1b873593;
const floatKind = 0x2c1b3c6d;
const textKind = 0x297a2d39;

function mixText(start: number, text: string): number {
  let hash = mix(start ^ textKind, text.length);
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

const bits = new DataView(new ArrayBuffer(8));

function mixNumber(hash: number, value: number): number {
  if ((value | 0) === value) return mix(hash ^ wholeKind, value | 0);
  bits.setFloat64(0, value);
  return mix(mix(hash ^ floatKind, bits.getInt32(0)), bits.getInt32(4));
}

function mix(hash: number, word: number): number {
  const spread = rotate(Math.imul(word, 0xcc9e2d51), 15);
  return (Math.imul(rotate(hash ^ Math.imul(spread, 0x1b873593), 13), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));
