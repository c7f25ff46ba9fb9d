import type { Series } from '../model/kind.ts';
import { limitGroups } from '../model/record.ts';
import type { MetricInput } from './night-metric.ts';
import { strandedAfter } from './stranded-after.ts';
import { maxOf, sumOf } from './sum.ts';

// What charts of a cell are drawn from: columns of equal length and bounded size, times from the first job's start.

const mostSteps = 240;
const mostDevices = 6;
const mostBounds = 24;

export const seriesOf = (input: MetricInput): Readonly<Record<string, Series>> => ({
  protected: protectedSteps(input),
  rounds: rounds(input),
  deviceStreams: deviceStreams(input),
  limited: limited(input),
  bounds: bounds(input),
});

/** Shares from tS on, until the next tS. */
function protectedSteps({ record, tally }: MetricInput): Series {
  const steps = [{ tS: 0, vms: 0, MB: 0 }];
  for (const vm of tally.finished) {
    const last = steps.at(-1)!;
    const next = { tS: vm.protectedS - tally.zeroS, vms: last.vms + 1, MB: last.MB + vm.facts.toMoveMB };
    if (next.tS === last.tS && steps.length > 1) steps[steps.length - 1] = next;
    else steps.push(next);
  }
  const endS = record.endS - tally.zeroS;
  const last = steps.at(-1)!;
  if (last.tS < endS) steps.push({ ...last, tS: endS });
  const shown = thin(steps);
  return {
    tS: shown.map((s) => s.tS),
    vmShare: shown.map((s) => share(s.vms, tally.vms.length)),
    byteShare: shown.map((s) => share(s.MB, tally.sizeMB)),
  };
}

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);

/** Some of the steps, each exact, evenly spaced by number; the first and the last are kept. */
function thin<T>(steps: readonly T[]): readonly T[] {
  if (steps.length <= mostSteps) return steps;
  return Array.from(
    { length: mostSteps },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (mostSteps - 1))]!,
  );
}

/** Summed over jobs; a job that has ended still counts what it left stranded. */
function rounds({ record }: MetricInput): Series {
  const { jobs } = record;
  const count = maxOf(jobs, (j) => j.rounds.length) ?? 0;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  return {
    round: numbers,
    stranded: numbers.map((n) => strandedAfter(record, n)),
    started: numbers.map((n) => sumOf(jobs, (j) => j.rounds[n - 1]?.started ?? 0)),
    failed: numbers.map((n) => sumOf(jobs, (j) => j.rounds[n - 1]?.failed ?? 0)),
  };
}

/**
 * Of the devices that have most to read for their speed: the same under every strategy of a night, so that an empty one
 * was idle. In document order; a device's columns end with its last stream.
 */
function deviceStreams({ night, record: { load } }: MetricInput): Series {
  const toReadMB = night.devices.map(() => 0);
  for (const { disks } of night.vms) for (const disk of disks) toReadMB[disk.device]! += disk.toMoveMB;
  const toReadS = night.devices.map((d) => toReadMB[d.id]! / d.readMBps);
  const shown = [...night.devices.keys()]
    .filter((d) => toReadS[d]! > 0)
    .toSorted((a, b) => toReadS[b]! - toReadS[a]!)
    .slice(0, mostDevices)
    .toSorted((a, b) => a - b);
  const points = shown.flatMap((d) =>
    untilLast(load.deviceStreams[d] ?? []).map((streams, bin) => ({
      device: night.devices[d]!.name,
      tS: bin * load.binS,
      streams,
    })),
  );
  return {
    device: points.map((p) => p.device),
    tS: points.map((p) => p.tS),
    streams: points.map((p) => p.streams),
  };
}

function limited({ record: { load } }: MetricInput): Series {
  const bins = maxOf(limitGroups, (g) => untilLast(load.limitedStreams[g]).length)!;
  const points = limitGroups.flatMap((group) =>
    Array.from({ length: bins }, (_, bin) => ({
      group,
      tS: bin * load.binS,
      streams: load.limitedStreams[group][bin] ?? 0,
    })),
  );
  return {
    group: points.map((p) => p.group),
    tS: points.map((p) => p.tS),
    streams: points.map((p) => p.streams),
  };
}

function untilLast(bins: readonly number[]): readonly number[] {
  return bins.slice(0, bins.findLastIndex((n) => n > 0) + 1);
}

function bounds({ bounds: { all } }: MetricInput): Series {
  const shown = all.slice(0, mostBounds);
  return {
    name: shown.map((b) => b.name),
    seconds: shown.map((b) => b.seconds),
    what: shown.map((b) => b.what),
  };
}
