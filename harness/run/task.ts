import type { CellSpec, Kind } from '../model/kind.ts';
import type { Items } from './items.ts';
import type { SharedDocument } from './shared-documents.ts';

// What crosses between the main thread and the threads that compute.

/** Given to a thread once. */
export interface ThreadData {
  readonly kindsUrl: string;
  readonly kindName: string;
}

/** Given to a thread for every cell. */
export interface Task {
  readonly document: SharedDocument;
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

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly error: Bug;
      /** not null: it is none, these are wrong with what the user gave */
      readonly problems: readonly string[] | null;
    };

export type KindCore = Pick<
  Kind,
  'compute' | 'itemColumns' | 'parseDocument' | 'generation' | 'variation' | 'shake'
>;
