import type { Document } from '../model/document/document.ts';
import type { NumberRange } from '../model/kind.ts';

/** A document after a change, and in words what had to be done beside what was asked. */
export interface Varied {
  readonly document: Document;
  readonly notes: readonly string[];
}

/** Something of a document that has values to choose from: a pure step from document to document. */
export interface Knob {
  readonly name: string;
  readonly unit: string;
  readonly summary: string;
  readonly takes: NumberRange | readonly string[];
  /** what the document has now; null = different values in different places, or none */
  readonly of: (document: Document) => number | string | null;
  readonly apply: (document: Document, value: number | string) => Document | Varied;
}

/** The value that all of them have; null = they differ, or there are none. */
export function common<T extends number | string>(values: readonly (T | null | undefined)[]): T | null {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? null) : null;
}
