import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { LoadRecord } from '../model/record.ts';
import { createBins } from '../kit/bins.ts';
import { latencyMs } from './latency.ts';
import type { Read } from './load-recorder.ts';

/** Streams and latency of each device over time. A device is looked at when its streams or its production load have changed. */
export interface DeviceLoads {
  begin(flow: number, read: Read): void;
  end(flow: number, read: Read, movedMB: number): void;
  setProductionIo(device: Id, io: number): void;
  latencyMs(device: Id): number;
  /** the clock is about to move on from `nowS`: what has changed holds from here */
  settle(nowS: number, movedMB: (flow: number) => number): void;
  record(endS: number): Pick<LoadRecord, 'devices' | 'binS' | 'deviceStreams'>;
}

/** Bytes are counted by the band that the latency of their device is in. */
type Band = 'below' | 'above20' | 'above30';
const bandOf = (ms: number): Band => (ms > 30 ? 'above30' : ms > 20 ? 'above20' : 'below');

interface DeviceLoad {
  /** streams and outstanding I/O now */
  streams: number;
  streamIo: number;
  productionIo: number;
  /** held since `sinceS` */
  sinceS: number;
  heldStreams: number;
  band: Band;
  isChanged: boolean;
  /** by stream: MB that it had moved when the band was last counted */
  readonly countedMB: Map<number, number>;
  readonly totals: {
    readMB: number;
    readonly secondsAt: number[];
    readMBAbove20ms: number;
    readMBAbove30ms: number;
  };
}

export function createDeviceLoads(night: Night): DeviceLoads {
  const loads = night.devices.map((): DeviceLoad => ({
    streams: 0,
    streamIo: 0,
    productionIo: 0,
    sinceS: 0,
    heldStreams: 0,
    band: 'below',
    isChanged: false,
    countedMB: new Map(),
    totals: { readMB: 0, secondsAt: [], readMBAbove20ms: 0, readMBAbove30ms: 0 },
  }));
  const bins = createBins(night.devices.length);
  const changed: Id[] = [];

  const latencyOf = (d: Id) => latencyMs(night.devices[d]!, loads[d]!.productionIo, loads[d]!.streamIo);

  function change(d: Id): DeviceLoad {
    const load = loads[d]!;
    if (!load.isChanged) changed.push(d);
    load.isChanged = true;
    return load;
  }

  function count({ device, tier }: Read, sign: 1 | -1): DeviceLoad {
    const load = change(device);
    load.streams += sign;
    load.streamIo += sign * night.streamIo(tier);
    return load;
  }

  function hold(d: Id, untilS: number): void {
    const { sinceS, heldStreams, totals } = loads[d]!;
    if (untilS <= sinceS) return;
    while (totals.secondsAt.length <= heldStreams) totals.secondsAt.push(0);
    totals.secondsAt[heldStreams]! += untilS - sinceS;
    bins.add(d, sinceS, untilS, heldStreams);
  }

  return {
    begin: (flow, read) => void count(read, 1).countedMB.set(flow, 0),
    end(flow, read, movedMB) {
      const load = count(read, -1);
      load.totals.readMB += movedMB;
      countBand(load, movedMB - load.countedMB.get(flow)!);
      load.countedMB.delete(flow);
    },
    setProductionIo: (device, io) => void (change(device).productionIo = io),
    latencyMs: latencyOf,
    settle(nowS, movedMB) {
      for (const d of changed) {
        const load = loads[d]!;
        hold(d, nowS);
        load.sinceS = nowS;
        load.heldStreams = load.streams;
        load.isChanged = false;
        const band = bandOf(latencyOf(d));
        if (band === load.band) continue;
        for (const [flow, countedMB] of load.countedMB) {
          const MB = movedMB(flow);
          countBand(load, MB - countedMB);
          load.countedMB.set(flow, MB);
        }
        load.band = band;
      }
      changed.length = 0;
    },
    record(endS) {
      for (const d of loads.keys()) hold(d, endS);
      const deviceStreams = bins.means(endS); // which may widen them
      return { devices: loads.map((load) => load.totals), binS: bins.binS, deviceStreams };
    },
  };
}

function countBand({ band, totals }: DeviceLoad, MB: number): void {
  if (band !== 'below') totals.readMBAbove20ms += MB;
  if (band === 'above30') totals.readMBAbove30ms += MB;
}
