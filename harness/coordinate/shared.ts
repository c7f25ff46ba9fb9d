import type { Executor, Order } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { Decision, Notice, Random, Strategy } from '../model/strategy.ts';
import type { Counters } from './counters.ts';
import type { IdleWatch } from './idle-watch.ts';
import type { Opened } from './stream-notices.ts';

/** What the jobs of one night have in common. */
export interface Shared {
  readonly night: Night;
  readonly strategy: Strategy;
  readonly params: Params;
  readonly executor: Executor;
  /** the coordinator's own, from which it decides what is legal */
  readonly counters: Counters;
  readonly idle: IdleWatch;
  readonly now: () => number;
  /** to the views and deciders of all jobs */
  readonly broadcast: (notice: Notice) => void;
  /** the number of the attempt that is launched next */
  readonly nextAttempt: () => number;
  readonly launch: (order: Order, opened: Opened, round: number) => void;
  /** attempts under way, in order */
  readonly underWay: () => readonly Opened[];
  readonly randomFor: (job: number, takeovers: number) => Random;
  readonly log: (job: Id, decision: Decision, why: string | null) => void;
  readonly countWhatIf: () => void;
}
