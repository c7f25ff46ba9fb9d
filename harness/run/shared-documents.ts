import { deserialize, serialize } from 'node:v8';
import type { LoadedDocument, MadeDocument, PlanDocument } from '../model/kind.ts';
import type { KindCore } from './task.ts';

/**
 * Documents as bytes that all threads read and none copies: to clone a long one for every cell would cost more than many a cell.
 * What is made of a family is made by each thread itself.
 */
export type SharedDocuments = readonly (SharedArrayBuffer | MadeDocument)[];

export const shareDocuments = (documents: readonly PlanDocument[]): SharedDocuments =>
  documents.map((document) => ('ref' in document ? document : share(document)));

function share(document: LoadedDocument): SharedArrayBuffer {
  const bytes = serialize(document);
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}

/** Keeps the document that it read or made last: cells come document by document. */
export function createDocumentReader(
  shared: SharedDocuments,
  kind: KindCore,
): (index: number, clusterSeed: number) => LoadedDocument {
  let last: {
    readonly index: number;
    readonly seed: number | null;
    readonly document: LoadedDocument;
  } | null = null;
  return (index, clusterSeed) => {
    const source = shared[index]!;
    const isMade = 'ref' in source;
    const seed = isMade ? clusterSeed : null;
    if (last?.index === index && last.seed === seed) return last.document;
    last = null; // before the next one takes its memory
    const document = isMade ? kind.generation!.make(source, clusterSeed) : read(source);
    last = { index, seed, document };
    return document;
  };
}

const read = (shared: SharedArrayBuffer): LoadedDocument =>
  deserialize(Buffer.from(new Uint8Array(shared))) as LoadedDocument;
