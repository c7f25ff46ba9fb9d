import type { Id, JobFacts } from './facts.ts';
import type { DecisionRecord } from './record.ts';
import type { View } from './strategy.ts';

// Whoever listens to a night while it is simulated, to tell of it afterwards. Listening changes nothing, and costs nothing
// where nobody does.

/** How far a job is: whether its strategy is asked, or why not. */
export type JobState =
  | 'not-due'
  | 'asking'
  | 'leaderless' // its coordinator is lost, and nobody decides yet
  | 'starts-ended' // the round closes when the last attempt ends
  | 'asleep' // only something from outside can help
  | 'pending' // between two rounds
  | 'window-closed'
  | 'over';

/** A job while the night goes on. */
export interface JobPresence {
  readonly facts: JobFacts;
  /** live: what the strategy sees */
  readonly view: View;
  state(): JobState;
}

/** A counted limit that attempts queue for (night.md N6); `id` is that of a VM, data store, server, management server or proxy. */
export interface Queue {
  readonly of:
    | 'snapshot lock of VM'
    | 'open snapshots of data store'
    | 'connections of server'
    | 'connections of management server'
    | 'operations of management server'
    | 'reconfigurations of proxy'
    | 'attached disks of proxy';
  readonly id: Id;
}

/** What an executor does with its attempts, by their number in the record. */
export interface PhaseListener {
  /** the phase is ready, but these queues hold it up, each by itself */
  waits?(at: PhaseAt, queues: readonly Queue[]): void;
  /** @param flow with which bytes move; null = it lasts for a time */
  begins?(at: PhaseAt, flow: number | null): void;
  ends?(at: PhaseAt): void;
  /** all its phases stop: it ends, or its proxy is gone and that is not noticed yet */
  halts?(attempt: number, nowS: number): void;
}

export interface PhaseAt {
  readonly attempt: number;
  readonly phase: string;
  readonly nowS: number;
}

export interface NightListener extends PhaseListener {
  /** before the first instant */
  begin?(jobs: readonly JobPresence[]): void;
  /** it is legal, and about to be carried out: views show what it was decided by */
  decided?(decision: DecisionRecord): void;
  /** all jobs wait: so things stand until the next instant */
  settled?(nowS: number): void;
}
