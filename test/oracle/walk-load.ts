import type { Tier } from '../../harness/model/access.ts';
import { tierOf } from '../../harness/model/access.ts';
import type { Id } from '../../harness/model/facts.ts';
import type { Night } from '../../harness/model/night.ts';
import { limitGroups, type LimitGroup } from '../../harness/model/record.ts';
import { createBins } from '../../harness/kit/bins.ts';
import type { LoadRecorder, Read, SpanFacts } from '../../harness/attempt/load-recorder.ts';
import { latencyMs } from '../../harness/attempt/latency.ts';

// The load of a night, recorded by walking all devices and all streams at every event: what harness/attempt/load-recorder.ts
// records at changes alone must be this.

/** The clock moves on: rates and limiters hold for the span. */
export type WalkFacts = SpanFacts & { readonly rateMBps: (flow: number) => number };
export type WalkingRecorder = Omit<LoadRecorder, 'span'> & {
  span(fromS: number, toS: number, now: WalkFacts): void;
};

const throughServer: readonly Tier[] = [tierOf('network'), tierOf('complex')];

export function createWalkingRecorder(night: Night): WalkingRecorder {
  const reads = new Map<number, Read>();
  const streams = night.devices.map(() => 0);
  const streamIo = night.devices.map(() => 0);
  const productionIo = night.devices.map(() => 0);
  const devices = night.devices.map(() => ({
    readMB: 0,
    secondsAt: [] as number[],
    readMBAbove20ms: 0,
    readMBAbove30ms: 0,
  }));
  const proxyMB = night.proxies.map(() => 0);
  const deviceBins = createBins(night.devices.length);
  const limitBins = createBins(limitGroups.length);
  let throughServersMB = 0;

  const latencyOf = (d: Id) => latencyMs(night.devices[d]!, productionIo[d]!, streamIo[d]!);

  function count(read: Read, sign: 1 | -1): void {
    streams[read.device]! += sign;
    streamIo[read.device]! += sign * night.streamIo(read.tier);
  }

  function spanLimits(fromS: number, toS: number, { activeStreams, limitGroup }: SpanFacts): void {
    const counts = limitGroups.map(() => 0);
    for (const flow of reads.keys()) counts[limitGroups.indexOf(limitGroup(flow))]!++;
    counts[limitGroups.indexOf('not transferring')] = activeStreams() - reads.size;
    counts.forEach((n, group) => limitBins.add(group, fromS, toS, n));
  }

  return {
    begin(flow, read) {
      reads.set(flow, read);
      count(read, 1);
    },
    end(flow, movedMB) {
      const read = reads.get(flow)!;
      reads.delete(flow);
      count(read, -1);
      devices[read.device]!.readMB += movedMB;
      proxyMB[read.proxy]! += movedMB;
      if (throughServer.includes(read.tier)) throughServersMB += movedMB;
    },
    readOf: (flow) => reads.get(flow),
    setProductionIo: (device, io) => void (productionIo[device] = io),
    latencyMs: latencyOf,
    span(fromS, toS, now: WalkFacts) {
      const spanS = toS - fromS;
      if (spanS <= 0) return;
      for (const [d, n] of streams.entries()) {
        const { secondsAt } = devices[d]!;
        while (secondsAt.length <= n) secondsAt.push(0);
        secondsAt[n]! += spanS;
        deviceBins.add(d, fromS, toS, n);
      }
      for (const [flow, { device }] of reads) {
        const ms = latencyOf(device);
        if (ms <= 20) continue;
        const MB = now.rateMBps(flow) * spanS;
        devices[device]!.readMBAbove20ms += MB;
        if (ms > 30) devices[device]!.readMBAbove30ms += MB;
      }
      spanLimits(fromS, toS, now);
    },
    record(endS, cpuS) {
      const limited = limitBins.means(endS);
      const deviceStreams = deviceBins.means(endS);
      return {
        devices,
        proxies: proxyMB.map((movedMB, p) => ({ movedMB, cpuS: cpuS(p) })),
        throughServersMB,
        binS: deviceBins.binS,
        deviceStreams,
        limitedStreams: Object.fromEntries(limitGroups.map((g, i) => [g, limited[i]!])) as Record<
          LimitGroup,
          number[]
        >,
      };
    },
  };
}
