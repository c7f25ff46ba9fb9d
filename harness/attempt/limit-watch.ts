import { createBins } from '../kit/bins.ts';
import { limitGroups } from '../model/record.ts';
import type { SpanFacts } from './load-recorder.ts';

/**
 * Counts what limits the streams, over time. Up to 64 streams all are looked at whenever the clock moves. Of more the new ones
 * are, and 8 others in turn, so that a night of any size costs the same an event: each stream counts for what it was last seen at.
 */
export interface LimitWatch {
  begin(flow: number): void;
  end(flow: number): void;
  span(fromS: number, toS: number, now: Pick<SpanFacts, 'activeStreams' | 'limitGroup'>): void;
  /** @returns by group (model/record.ts), by bin: the mean number of streams */
  means(endS: number): number[][];
}

/** where all are looked at */
export const fewStreams = 64;
const looksInTurn = 8;

const notTransferring = limitGroups.indexOf('not transferring');

export function createLimitWatch(): LimitWatch {
  const bins = createBins(limitGroups.length);
  /** streams that read, in any order, with the group that each was last seen at; -1 = not yet */
  const flows: number[] = [];
  const groups: number[] = [];
  /** by flow: its place, -1 = it does not read any more. Flows are numbered from 0 and never again. */
  let placeOf = new Int32Array(64).fill(-1);
  const counts = limitGroups.map(() => 0);
  const fresh: number[] = [];
  let turn = 0;

  function look(place: number, { limitGroup }: Pick<SpanFacts, 'limitGroup'>): void {
    const group = limitGroups.indexOf(limitGroup(flows[place]!));
    const before = groups[place]!;
    if (before === group) return;
    if (before >= 0) counts[before]!--;
    counts[group]!++;
    groups[place] = group;
  }

  function lookAround(now: Pick<SpanFacts, 'limitGroup'>): void {
    if (flows.length <= fewStreams) {
      for (let place = 0; place < flows.length; place++) look(place, now);
      return;
    }
    for (const flow of fresh) {
      const place = placeOf[flow]!;
      if (place >= 0) look(place, now);
    }
    for (let n = 0; n < looksInTurn; n++) look((turn = (turn + 1) % flows.length), now);
  }

  return {
    begin(flow) {
      if (flow >= placeOf.length) placeOf = longer(placeOf, flow + 1);
      placeOf[flow] = flows.length;
      flows.push(flow);
      groups.push(-1);
      fresh.push(flow);
    },
    end(flow) {
      const place = placeOf[flow]!;
      placeOf[flow] = -1;
      if (groups[place]! >= 0) counts[groups[place]!]!--;
      const lastFlow = flows.pop()!;
      const lastGroup = groups.pop()!;
      if (lastFlow === flow) return;
      flows[place] = lastFlow;
      groups[place] = lastGroup;
      placeOf[lastFlow] = place;
    },
    span(fromS, toS, now) {
      lookAround(now);
      fresh.length = 0;
      counts[notTransferring] = now.activeStreams - flows.length;
      // at every event: an iterator would cost more than what it goes over
      for (let group = 0; group < counts.length; group++) bins.add(group, fromS, toS, counts[group]!);
    },
    means: (endS) => bins.means(endS),
  };
}

function longer(places: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(least, 2 * places.length)).fill(-1, places.length);
  copy.set(places);
  return copy;
}
