import type { Tier } from '../model/access.ts';
import { tierOf } from '../model/access.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import { limitGroups, type LimitGroup, type LoadRecord } from '../model/record.ts';
import { createDeviceLoads } from './device-loads.ts';
import { createLimitWatch } from './limit-watch.ts';

/** A stream that reads. */
export interface Read {
  readonly device: Id;
  readonly proxy: Id;
  readonly tier: Tier;
}

/** Integrates over virtual time what the night did to its devices and proxies: at changes alone, whatever is under way. */
export interface LoadRecorder {
  begin(flow: number, read: Read): void;
  end(flow: number, movedMB: number): void;
  readOf(flow: number): Read | undefined;
  /** outstanding I/O of production at a device, from now on */
  setProductionIo(device: Id, io: number): void;
  latencyMs(device: Id): number;
  /** the clock moves on: what has changed at `fromS` holds until `toS` */
  span(fromS: number, toS: number, now: SpanFacts): void;
  record(
    endS: number,
    cpuS: (proxy: Id) => number,
  ): Omit<LoadRecord, 'proxies'> & { proxies: { movedMB: number; cpuS: number }[] };
}

/** asked while the span is recorded */
export interface SpanFacts {
  /** streams of all attempts under way, transferring or not */
  readonly activeStreams: () => number;
  readonly movedMB: (flow: number) => number;
  readonly limitGroup: (flow: number) => LimitGroup;
  /** flows that have got another limiter since this was last asked; left out: nobody knows */
  readonly relimited?: () => readonly number[];
}

const throughServer: readonly Tier[] = [tierOf('network'), tierOf('complex')];

export function createLoadRecorder(night: Night): LoadRecorder {
  /** by flow; flows are numbered from 0 and never again */
  const reads: (Read | undefined)[] = [];
  const devices = createDeviceLoads(night);
  const limits = createLimitWatch();
  const proxyMB = new Float64Array(night.proxies.length);
  let throughServersMB = 0;

  return {
    begin(flow, read) {
      reads[flow] = read;
      devices.begin(flow, read);
      limits.begin(flow);
    },
    end(flow, movedMB) {
      const read = reads[flow]!;
      reads[flow] = undefined;
      devices.end(flow, read, movedMB);
      limits.end(flow);
      proxyMB[read.proxy]! += movedMB;
      if (throughServer.includes(read.tier)) throughServersMB += movedMB;
    },
    readOf: (flow) => reads[flow],
    setProductionIo: devices.setProductionIo,
    latencyMs: devices.latencyMs,
    span(fromS, toS, now) {
      if (toS <= fromS) return;
      devices.settle(fromS, now.movedMB);
      limits.span(fromS, toS, now);
    },
    record(endS, cpuS) {
      const limited = limits.means(endS);
      return {
        ...devices.record(endS),
        proxies: Array.from(proxyMB, (movedMB, p) => ({ movedMB, cpuS: cpuS(p) })),
        throughServersMB,
        limitedStreams: Object.fromEntries(limitGroups.map((g, i) => [g, limited[i]!])) as Record<
          LimitGroup,
          number[]
        >,
      };
    },
  };
}
