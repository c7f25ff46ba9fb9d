import { createBins } from '../kit/bins.ts';
import { grown } from '../kit/grown.ts';
import { limitGroups } from '../model/record.ts';
import type { SpanFacts } from './load-recorder.ts';

/**
 * Counts what limits the streams, over time. Up to 64 streams all are looked at whenever the clock moves. Of more those that have
 * got another limiter are, and some others in turn, so that a night of any size costs the same an event: each stream
 * counts for what it was last seen at.
 */
export interface LimitWatch {
  begin(flow: number): void;
  end(flow: number): void;
  span(fromS: number, toS: number, now: Look & Pick<SpanFacts, 'activeStreams'>): void;
  /** @returns by group (model/record.ts), by bin: the mean number of streams */
  means(endS: number): number[][];
}

type Look = Pick<SpanFacts, 'limitGroup' | 'relimited'>;

/** where all are looked at */
export const fewStreams = 64;
/** Where nobody tells who has got another limiter; and where that is told, for what ties change. */
const looksUntold = 8;
const looksTold = 1;

const notTransferring = limitGroups.indexOf('not transferring');

export function createLimitWatch(): LimitWatch {
  const bins = createBins(limitGroups.length);
  /** streams that read, in any order, with the group that each was last seen at; -1 = not yet */
  const flows: number[] = [];
  const groups: number[] = [];
  /** by flow: its place plus one, 0 = it does not read. Flows are numbered from 0 and never again. */
  let placeOf = new Int32Array(64);
  const counts = limitGroups.map(() => 0);
  const fresh: number[] = [];
  let turn = 0;

  function look(place: number, { limitGroup }: Look): void {
    const group = limitGroups.indexOf(limitGroup(flows[place]!));
    const before = groups[place]!;
    if (before === group) return;
    if (before >= 0) counts[before]!--;
    counts[group]!++;
    groups[place] = group;
  }

  function lookAtAll(list: readonly number[], now: Look): void {
    for (const flow of list) {
      const place = placeOf[flow] ?? 0;
      if (place > 0) look(place - 1, now);
    }
  }

  function lookAround(now: Look): void {
    if (flows.length <= fewStreams) {
      for (let place = 0; place < flows.length; place++) look(place, now);
      return;
    }
    lookAtAll(fresh, now);
    if (now.relimited !== undefined) lookAtAll(now.relimited(), now);
    const inTurn = now.relimited === undefined ? looksUntold : looksTold;
    for (let n = 0; n < inTurn; n++) look((turn = (turn + 1) % flows.length), now);
  }

  return {
    begin(flow) {
      placeOf = grown(placeOf, flow + 1);
      placeOf[flow] = flows.push(flow);
      groups.push(-1);
      fresh.push(flow);
    },
    end(flow) {
      const place = placeOf[flow]! - 1;
      placeOf[flow] = 0;
      if (groups[place]! >= 0) counts[groups[place]!]!--;
      const lastFlow = flows.pop()!;
      const lastGroup = groups.pop()!;
      if (lastFlow === flow) return;
      flows[place] = lastFlow;
      groups[place] = lastGroup;
      placeOf[lastFlow] = place + 1;
    },
    span(fromS, toS, now) {
      lookAround(now);
      fresh.length = 0;
      counts[notTransferring] = now.activeStreams() - flows.length;
      // at every event: an iterator would cost more than what it goes over
      for (let group = 0; group < counts.length; group++) bins.add(group, fromS, toS, counts[group]!);
    },
    means: (endS) => bins.means(endS),
  };
}
