import type { CellSpec, Kind } from '../model/kind.ts';
import type { Items } from './items.ts';
import type { SharedDocuments } from './shared-documents.ts';

// What crosses between the main thread and the threads that compute.

/** Given to a thread once. */
export interface ThreadData {
  readonly kindsUrl: string;
  readonly kindName: string;
  readonly documents: SharedDocuments;
}

/** Given to a thread for every cell. */
export interface Task {
  readonly documentIndex: number;
  readonly spec: CellSpec;
}

export type Cost = Readonly<Record<string, number | string | null>>;

/** A finished cell, as it is written: what is hashed, journaled and drawn is one and the same. */
export interface Computed {
  /** canonical JSON of the outcome */
  readonly outcome: string;
  readonly items: Items;
  readonly cost: Cost;
}

/** The harness itself has a bug: the run stops. */
export interface Bug {
  readonly message: string;
  readonly stack: string;
}

export type Reply =
  { readonly ok: true; readonly value: Computed } | { readonly ok: false; readonly error: Bug };

export type KindCore = Pick<Kind, 'compute' | 'itemColumns' | 'generation' | 'variation' | 'shake'>;
