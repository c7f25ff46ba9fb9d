import { deserialize, serialize } from 'node:v8';
import type { Change, LoadedDocument, MadeDocument, PlanDocument } from '../model/kind.ts';
import type { KindCore } from './task.ts';

/**
 * Documents as bytes that all threads read and none copies: to clone a long one for every cell would cost more than many a cell.
 * What is made of a family is made by each thread itself, and so is what is varied: its base is there once.
 */
export interface SharedDocuments {
  readonly bases: readonly (SharedArrayBuffer | MadeDocument)[];
  readonly documents: readonly { readonly base: number; readonly changes: readonly Change[] }[];
}

export function shareDocuments(documents: readonly PlanDocument[]): SharedDocuments {
  const baseOf = (document: PlanDocument) => ('base' in document ? document.base : document);
  const bases = [...new Map(documents.map((document) => [baseOf(document).hash, baseOf(document)])).values()];
  const placeOf = new Map(bases.map(({ hash }, place) => [hash, place]));
  return {
    bases: bases.map((base) => ('ref' in base ? base : share(base))),
    documents: documents.map((document) => ({
      base: placeOf.get(baseOf(document).hash)!,
      changes: 'base' in document ? document.changes : [],
    })),
  };
}

function share(document: LoadedDocument): SharedArrayBuffer {
  const bytes = serialize(document);
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}

/** Keeps the document that it read or made last, and the last that it varied: cells come document by document. */
export function createDocumentReader(
  { bases, documents }: SharedDocuments,
  kind: KindCore,
): (index: number, clusterSeed: number) => LoadedDocument {
  const baseAt = keepLast((place: number, clusterSeed: number) => {
    const source = bases[place]!;
    return 'ref' in source ? kind.generation!.make(source, clusterSeed) : read(source);
  });
  const seedOf = (base: number, clusterSeed: number) => ('ref' in bases[base]! ? clusterSeed : 0);
  const documentAt = keepLast((index: number, seed: number) => {
    const { base, changes } = documents[index]!;
    const document = baseAt(base, seed);
    return changes.length === 0 ? document : kind.variation!.apply(document, changes);
  });
  return (index, clusterSeed) => documentAt(index, seedOf(documents[index]!.base, clusterSeed));
}

function keepLast<T>(make: (a: number, b: number) => T): (a: number, b: number) => T {
  let last: { readonly a: number; readonly b: number; readonly value: T } | null = null;
  return (a, b) => {
    if (last?.a === a && last.b === b) return last.value;
    last = null; // before the next one takes its memory
    const value = make(a, b);
    last = { a, b, value };
    return value;
  };
}

const read = (shared: SharedArrayBuffer): LoadedDocument =>
  deserialize(Buffer.from(new Uint8Array(shared))) as LoadedDocument;
