import type { Executor, Order } from '../model/executor.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { AttemptRecord, DecisionRecord } from '../model/record.ts';
import type { Notice, Random, Strategy, StreamNotice, View } from '../model/strategy.ts';
import type { Counters } from './counters.ts';
import type { IdleWatch } from './idle-watch.ts';

/** An attempt that is under way. */
export interface Live {
  readonly order: Order;
  readonly stream: StreamNotice;
  readonly record: AttemptRecord;
}

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
  readonly launch: (
    order: Omit<Order, 'attempt'>,
    stream: Omit<StreamNotice, 'attempt'>,
    round: number,
  ) => void;
  /** attempts under way, by number */
  readonly live: ReadonlyMap<number, Live>;
  readonly randomFor: (job: number, takeovers: number) => Random;
  readonly log: (decision: Omit<DecisionRecord, 'atS'>) => void;
  readonly countWhatIf: () => void;
}

/** Where the streams that a view counts for its job are not those under way; null = nowhere. */
export function findDifferenceOfJob(shared: Shared, job: number, view: View): string | null {
  const right = new Int32Array(shared.night.devices.length);
  for (const { order, stream } of shared.live.values())
    if (order.job === job) stream.devices.forEach((d, i) => (right[d]! += stream.deviceStreams[i]!));
  const { activeThisJob } = view.devices;
  const at = right.findIndex((streams, d) => activeThisJob[d] !== streams);
  return at < 0 ? null : `devices.activeThisJob[${at}] is ${activeThisJob[at]}, should be ${right[at]}`;
}
