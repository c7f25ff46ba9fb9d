import { deserialize, serialize } from 'node:v8';
import { UserError } from '../model/errors.ts';
import type { Change, LoadedDocument, MadeDocument, PlanDocument, StoredDocument } from '../model/kind.ts';
import { readText } from './read-text.ts';
import { shared } from './shared-bytes.ts';
import type { KindCore } from './task.ts';

/**
 * A document as bytes that all threads read and none copies: to clone a long one for every cell would cost more than many a cell.
 * What is made of a family is made by each thread itself, what is stored is read by it, and what is varied has its base there
 * once.
 */
export interface SharedDocument {
  readonly hash: string;
  readonly base: SharedArrayBuffer | MadeDocument | StoredDocument;
  readonly baseHash: string;
  readonly changes: readonly Change[];
}

/** Each base becomes bytes once, when it is first asked for. */
export function createSharing(): (document: PlanDocument) => SharedDocument {
  const bases = new Map<string, SharedDocument['base']>();
  return (document) => {
    const base = 'base' in document ? document.base : document;
    const bytes = bases.get(base.hash) ?? ('content' in base ? shared(serialize(base)) : base);
    bases.set(base.hash, bytes);
    const changes = 'base' in document ? document.changes : [];
    return { hash: document.hash, base: bytes, baseHash: base.hash, changes };
  };
}

/**
 * Keeps the document that it read or made last, and the last that it varied: cells come document by document. One that is very
 * long it reads again for each cell: that takes a fraction of the cell, and its memory is there for the cell.
 */
export interface DocumentReader {
  at(document: SharedDocument, clusterSeed: number): LoadedDocument;
  /** of a file, to be asked for next. @throws {UserError} */
  read(path: string): LoadedDocument;
}

export function createDocumentReader(kind: KindCore): DocumentReader {
  const bases = keepLast();
  const varied = keepLast();
  const readBase = (base: SharedDocument['base'], seed: number): LoadedDocument => {
    if ('ref' in base) return kind.generation!.make(base, seed);
    return 'path' in base ? readAgain(base, kind) : deserialized(base);
  };
  return {
    at({ hash, base, baseHash, changes }, clusterSeed) {
      const seed = 'ref' in base ? clusterSeed : 0;
      const document = varied.get(`${hash} ${seed}`, () => {
        const written = bases.get(`${baseHash} ${seed}`, () => readBase(base, seed));
        return changes.length === 0 ? written : kind.variation!.apply(written, changes);
      });
      if (!('path' in base) || document.size <= mostKept) return document;
      varied.forget();
      bases.forget();
      return onLoan(document);
    },
    read(path) {
      const document = readFile(path, kind);
      varied.forget();
      return bases.get(`${document.hash} 0`, () => document);
    },
  };
}

/** items */
const mostKept = 250_000;

function onLoan(document: LoadedDocument): LoadedDocument {
  const loan: { -readonly [K in keyof LoadedDocument]: LoadedDocument[K] } = { ...document };
  loan.letGo = () => {
    loan.content = null;
  };
  return loan;
}

function keepLast() {
  let last: { readonly key: string; readonly value: LoadedDocument } | null = null;
  return {
    get(key: string, make: () => LoadedDocument): LoadedDocument {
      if (last?.key === key) return last.value;
      last = null; // before the next one takes its memory
      last = { key, value: make() };
      return last.value;
    },
    forget() {
      last = null;
    },
  };
}

const deserialized = (bytes: SharedArrayBuffer): LoadedDocument =>
  deserialize(Buffer.from(new Uint8Array(bytes))) as LoadedDocument;

const readFile = (path: string, kind: KindCore): LoadedDocument => ({
  ...kind.parseDocument(readText(path), path),
  path,
});

/** What was read on another thread, or on one that has died. */
function readAgain({ path, hash }: StoredDocument, kind: KindCore): LoadedDocument {
  const document = readFile(path, kind);
  if (document.hash === hash) return document;
  throw new UserError(`${path}: has changed since the run began; run it again`);
}
