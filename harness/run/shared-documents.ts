import { deserialize, serialize } from 'node:v8';
import type { LoadedDocument } from '../model/kind.ts';

/** Documents as bytes that all threads read and none copies: to clone a long one for every cell would cost more than many a cell. */
export type SharedDocuments = readonly SharedArrayBuffer[];

export const shareDocuments = (documents: readonly LoadedDocument[]): SharedDocuments =>
  documents.map((document) => {
    const bytes = serialize(document);
    const shared = new SharedArrayBuffer(bytes.byteLength);
    new Uint8Array(shared).set(bytes);
    return shared;
  });

/** Keeps the document that it read last: cells come document by document. */
export function createDocumentReader(shared: SharedDocuments): (index: number) => LoadedDocument {
  let last: { readonly index: number; readonly document: LoadedDocument } | null = null;
  return (index) => {
    if (last?.index !== index) {
      const bytes = Buffer.from(new Uint8Array(shared[index]!));
      last = { index, document: deserialize(bytes) as LoadedDocument };
    }
    return last.document;
  };
}
