import type { EndCause } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';

// What crosses between the threads of a night. Numbers and short words: the bytes stay where they are read and written,
// and how far a stream is stands in shared memory.

/** A stream to be moved. */
export interface Assignment {
  readonly flow: number;
  readonly slot: number;
  readonly proxy: Id;
  readonly attempt: number;
  readonly blocks: number;
  /** null = a snapshot is written back: its blocks are read, and kept nowhere */
  readonly reads: {
    readonly vm: Id;
    /** of its image */
    readonly firstBlock: number;
    readonly lane: number;
    readonly place: number;
    readonly compress: boolean;
    /** it fails where its bytes end */
    readonly fails: boolean;
  } | null;
}

/** From the coordinator to a host of agents. */
export type ToHost =
  | ({ readonly type: 'assign' } & Assignment)
  | { readonly type: 'rescind'; readonly flow: number }
  /** the proxy neither moves data nor says a word, until it is told to go on */
  | { readonly type: 'stall'; readonly proxy: Id }
  | { readonly type: 'resume'; readonly proxy: Id }
  /** the night begins */
  | { readonly type: 'go'; readonly startMs: number }
  | { readonly type: 'stop' };

/** From a host of agents to the coordinator; `atS` in seconds of the night. */
export type FromHost =
  | { readonly type: 'ready' }
  | { readonly type: 'heartbeat'; readonly proxies: readonly Id[]; readonly atS: number }
  | { readonly type: 'progress'; readonly flow: number; readonly blocks: number }
  /** its last block is written: the attempt goes on, while all of it is restored */
  | { readonly type: 'written'; readonly flow: number; readonly atS: number }
  /** restored and compared */
  | ({ readonly type: 'finished'; readonly flow: number; readonly atS: number } & Receipt)
  | {
      readonly type: 'failed';
      readonly flow: number;
      readonly atS: number;
      readonly why: 'fault' | 'restore';
    }
  /** the agent counts no longer in the slot of a flow that was rescinded */
  | { readonly type: 'released'; readonly flow: number };

/** What a stream has left at its media agent. */
export interface Receipt {
  readonly blocks: number;
  readonly storedBytes: number;
  /** null = nothing was kept */
  readonly kept: Kept | null;
}

export interface Kept {
  /** its file, where there is a folder */
  readonly name: string;
  /** of what was read, and restored alike */
  readonly sha256: string;
}

/** How an attempt ended: what the journal tells. */
export interface AttemptEnd {
  readonly attempt: number;
  readonly vm: Id;
  readonly proxy: Id;
  readonly attemptNo: number;
  readonly cause: EndCause | 'finished';
  readonly movedMB: number;
  readonly atS: number;
  /** of the streams of a finished one: SHA-256 of what was read, and restored alike */
  readonly hashes: readonly string[];
}

/** From the coordinator's thread to the main thread. */
export type FromCoordinator<Result> =
  /** the night wants the thread of this proxy dead */
  | { readonly type: 'kill'; readonly proxy: Id }
  | ({ readonly type: 'ended'; readonly vm: string } & Omit<AttemptEnd, 'vm'>)
  | { readonly type: 'over'; readonly result: Result }
  | { readonly type: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** From the main thread to the coordinator's. */
export interface ToCoordinator {
  /** the thread of this proxy is dead */
  readonly type: 'killed';
  readonly proxy: Id;
}
