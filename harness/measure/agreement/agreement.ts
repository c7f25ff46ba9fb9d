import { quantileOf } from '../quantile.ts';
import { maxOf, sumOf } from '../sum.ts';
import { firstDecision, type FirstDecision } from './first-decision.ts';
import { endsByVm, numbers, type NightTold } from './night-told.ts';

/** A simulated night beside the emulated one. Errors are emulated / simulated - 1; null = one of them has no value. */
export interface Agreement {
  readonly simulatedMakespanS: number | null;
  readonly emulatedMakespanS: number | null;
  readonly makespanError: number | null;
  /** until 95 % of the VMs were protected */
  readonly simulatedT95S: number | null;
  readonly emulatedT95S: number | null;
  readonly t95Error: number | null;
  /** emulated: protected; and restored, every block equal to its source */
  readonly vmsFinished: number;
  readonly vmsVerified: number;
  readonly simulatedVmsFinished: number;
  readonly simulatedStrandedByRound: readonly number[];
  readonly emulatedStrandedByRound: readonly number[];
  /** of the share of VMs that is protected, at any time: the largest difference */
  readonly protectedShareDifference: number;
  /** of the end times of VMs that both protected */
  readonly vmEndDifferenceS: { readonly median: number; readonly p95: number; readonly worst: number } | null;
  readonly worstVm: string | null;
  /** of the streams on a device, over time: mean difference, and the simulated mean */
  readonly deviceStreamsDifference: number;
  readonly deviceStreamsMean: number;
  readonly firstDecision: FirstDecision | null;
}

export function agreementOf(simulated: NightTold, emulated: NightTold): Agreement {
  const value = (night: NightTold, name: string) => night.metrics[name] ?? null;
  const pair = (name: string): Pair => [value(simulated, name), value(emulated, name)];
  const [makespanS, t95S] = [pair('makespan_s'), pair('t95_vms_s')];
  const ends = endDifferences(simulated, emulated);
  const streams = deviceStreams(simulated, emulated);
  return {
    simulatedMakespanS: makespanS[0],
    emulatedMakespanS: makespanS[1],
    makespanError: errorOf(makespanS),
    simulatedT95S: t95S[0],
    emulatedT95S: t95S[1],
    t95Error: errorOf(t95S),
    vmsFinished: value(emulated, 'protected_vms') ?? 0,
    vmsVerified: value(emulated, 'vms_verified') ?? 0,
    simulatedVmsFinished: value(simulated, 'protected_vms') ?? 0,
    simulatedStrandedByRound: numbers(simulated.series['rounds'], 'stranded'),
    emulatedStrandedByRound: numbers(emulated.series['rounds'], 'stranded'),
    protectedShareDifference: protectedShareDifference(simulated, emulated),
    vmEndDifferenceS: spreadOf(ends.map(({ differenceS }) => differenceS)),
    worstVm: ends.toSorted((a, b) => b.differenceS - a.differenceS)[0]?.vm ?? null,
    ...streams,
    firstDecision: firstDecision(simulated, emulated),
  };
}

type Pair = readonly [simulated: number | null, emulated: number | null];

const errorOf = ([simulated, emulated]: Pair): number | null =>
  simulated === null || emulated === null || simulated === 0 ? null : emulated / simulated - 1;

function endDifferences(simulated: NightTold, emulated: NightTold): { vm: string; differenceS: number }[] {
  const emulatedEnds = endsByVm(emulated);
  return Array.from(endsByVm(simulated)).flatMap(([vm, endS]) => {
    const emulatedS = emulatedEnds.get(vm);
    return emulatedS === undefined ? [] : [{ vm, differenceS: Math.abs(emulatedS - endS) }];
  });
}

function spreadOf(values: readonly number[]): Agreement['vmEndDifferenceS'] {
  const at = (p: number) => quantileOf(values, p);
  const [median, p95, worst] = [at(0.5), at(0.95), at(1)];
  return median === null ? null : { median, p95: p95!, worst: worst! };
}

/** Steps hold until the next one: the largest difference is at one of them. Those of one instant of either night are looked at once it is over. */
function protectedShareDifference(simulated: NightTold, emulated: NightTold): number {
  const steps = [simulated, emulated].map(({ series }) => ({
    tS: numbers(series['protected'], 'tS'),
    share: numbers(series['protected'], 'vmShare'),
  }));
  const shareAt = ({ tS, share }: (typeof steps)[number], atS: number) =>
    share[tS.findLastIndex((stepS) => stepS <= atS)] ?? 0;
  const timesS = steps.flatMap(({ tS }) => tS);
  return maxOf(timesS, (atS) => Math.abs(shareAt(steps[0]!, atS) - shareAt(steps[1]!, atS))) ?? 0;
}

/** On the grid of the wider bins. */
function deviceStreams(
  simulated: NightTold,
  emulated: NightTold,
): Pick<Agreement, 'deviceStreamsDifference' | 'deviceStreamsMean'> {
  const [a, b] = [simulated, emulated].map(streamsByDevice) as [StreamBins, StreamBins];
  const binS = Math.max(a.binS ?? 0, b.binS ?? 0);
  const cells = [...a.byDevice.keys()].flatMap((device) => {
    const [x, y] = [a, b].map((side) => widened(side, device, binS)) as [number[], number[]];
    return Array.from(
      { length: Math.max(x.length, y.length) },
      (_, bin) => [x[bin] ?? 0, y[bin] ?? 0] as const,
    );
  });
  const mean = (of: (cell: readonly [number, number]) => number) =>
    cells.length === 0 ? 0 : sumOf(cells, of) / cells.length;
  return {
    deviceStreamsDifference: mean(([x, y]) => Math.abs(x - y)),
    deviceStreamsMean: mean(([x]) => x),
  };
}

interface StreamBins {
  /** null = one bin holds the night: as wide as the other's */
  readonly binS: number | null;
  readonly byDevice: ReadonlyMap<string, readonly number[]>;
}

function streamsByDevice({ series }: NightTold): StreamBins {
  const { device = [] } = series['deviceStreams'] ?? {};
  const [tS, streams] = ['tS', 'streams'].map((name) => numbers(series['deviceStreams'], name)) as [
    number[],
    number[],
  ];
  const byDevice = new Map<string, number[]>();
  for (const [i, name] of device.entries())
    byDevice.set(String(name), [...(byDevice.get(String(name)) ?? []), streams[i]!]);
  return { binS: tS.find((s) => s > 0) ?? null, byDevice };
}

/** Bins double as a night grows: one width is a multiple of the other. */
function widened({ binS, byDevice }: StreamBins, device: string, toS: number): number[] {
  const bins = byDevice.get(device) ?? [];
  const each = Math.max(1, Math.round(toS / (binS ?? toS)) || 1);
  return Array.from(
    { length: Math.ceil(bins.length / each) },
    (_, i) => sumOf(bins.slice(i * each, (i + 1) * each), (n) => n) / each,
  );
}
