import { createInstantWatch, type InstantStory } from '../explain/instant.ts';
import {
  firstDifference,
  priceOf,
  startTold,
  watchStart,
  type Crossroads,
  type Price,
  type StartTold,
} from '../explain/divergence.ts';
import { nightStory, type NightStory } from '../explain/night-story.ts';
import { tapped } from '../explain/solver-tap.ts';
import { writtenTrace, type TraceForm, type WrittenTrace } from '../explain/trace-lines.ts';
import { createTransfers } from '../explain/transfers.ts';
import { createVmWatch } from '../explain/vm-watch.ts';
import { vmStory, type VmStory } from '../explain/vm-story.ts';
import { UserError } from '../model/errors.ts';
import type { CellResult, CellSpec, LoadedDocument } from '../model/kind.ts';
import { didYouMean } from '../model/nearest.ts';
import type { NightRecord } from '../model/record.ts';
import { formatClock, parseTimeOfDay } from '../model/units.ts';
import { computeNight, nightCell, type NightCell } from './night-cell.ts';

export { traceForms, type TraceForm } from '../explain/trace-lines.ts';

// Nights that are computed again to be told about. Each answer comes with the cell's result, so that it can be held
// against the one that is told about.

export interface Told<T> {
  readonly result: CellResult;
  readonly told: T;
}

/** A cell as it lies in a result folder. */
export interface Lying {
  readonly document: LoadedDocument;
  readonly spec: CellSpec;
}

export interface Questions {
  /** key of a VM; null = not asked */
  readonly vm: string | null;
  /** a time of day, or seconds from the first job's start; null = not asked */
  readonly at: string | null;
}

export interface Answers {
  /** where neither is asked: whom to ask about */
  readonly night: NightStory | null;
  readonly vm: VmStory | null;
  readonly at: InstantStory | null;
}

/** @throws {UserError} where there is no such VM or time, or the strategy left no night */
export function explainNight({ document, spec }: Lying, { vm, at }: Questions): Told<Answers> {
  const cell = nightCell(document, spec);
  const { night, strategy, params } = cell;
  const keeps = strategy.keeps(params);
  const vmWatch = vm === null ? null : createVmWatch(night, findVm(cell, vm), keeps);
  const instantWatch = at === null ? null : createInstantWatch(night, parseInstant(cell, at));
  // two listeners: one night for each, so that neither has to know of the other
  const told = [vmWatch, instantWatch].flatMap((watch) =>
    watch === null
      ? []
      : [computeNight(cell, { listener: watch.listener, tap: (solver) => tapped(solver, watch.tap) })],
  );
  const { result, record } = told[0] ?? computeNight(cell, {});
  const { endS } = recordOf({ result, record });
  const isNothingAsked = vm === null && at === null;
  const instant = instantWatch?.story() ?? null;
  if (at !== null && instant === null)
    throw new UserError(
      `--at ${at}: the night runs from ${formatClock(night.originS, 0)} to ${formatClock(night.originS, endS)}`,
    );
  return {
    result,
    told: {
      night: isNothingAsked ? nightStory(night, record!, strategy.workUnit(params)) : null,
      vm: vmWatch === null ? null : vmStory(night, findVm(cell, vm!), { record: record!, watch: vmWatch }),
      at: instant,
    },
  };
}

function findVm({ night }: NightCell, key: string): number {
  const vm = night.vms.findIndex((v) => v.key === key);
  const keys = night.vms.map((v) => v.key);
  if (vm < 0) throw new UserError(`no VM "${key}"${didYouMean(key, keys)} in ${night.name}`);
  if (night.vms[vm]!.job === null) throw new UserError(`VM ${key} is in no job: nothing backs it up`);
  return vm;
}

const dayS = 86_400;

function parseInstant({ night }: NightCell, text: string): number {
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  try {
    return (parseTimeOfDay(text) - night.originS + dayS) % dayS;
  } catch {
    throw new UserError(
      `--at ${text}: expected a time of day as 02:30, or seconds from the first job's start`,
    );
  }
}

function recordOf({ result, record }: { result: CellResult; record: NightRecord | null }): NightRecord {
  if (record !== null) return record;
  const { status, message } = result.outcome;
  throw new UserError(`the cell has no night to tell of: ${status}: ${message}`);
}

export interface Divergence {
  /** number of starts before it, which are the same; null = all are */
  readonly afterStarts: number | null;
  readonly a: StartTold | null;
  readonly b: StartTold | null;
  /** what each saw and said when it decided; null = it started nothing more */
  readonly seenByA: Crossroads | null;
  readonly seenByB: Crossroads | null;
  readonly price: Price;
  /** second of the day at time 0 */
  readonly originS: number;
}

/** Two cells of one document and the same seeds. @throws {UserError} */
export function diffNights(a: Lying, b: Lying): { a: CellResult; b: CellResult; told: Divergence } {
  const cells = [nightCell(a.document, a.spec), nightCell(b.document, b.spec)] as const;
  const [nightA, nightB] = cells.map((cell) => computeNight(cell, {})) as [
    ReturnType<typeof computeNight>,
    ReturnType<typeof computeNight>,
  ];
  const [recordA, recordB] = [recordOf(nightA), recordOf(nightB)];
  const { night } = cells[0];
  const index = firstDifference(recordA, recordB);
  const seen = (cell: NightCell) => (index === null ? null : lookAt(cell, index));
  return {
    a: nightA.result,
    b: nightB.result,
    told: {
      afterStarts: index,
      a: index === null ? null : startTold(night, recordA, index),
      b: index === null ? null : startTold(night, recordB, index),
      seenByA: seen(cells[0]),
      seenByB: seen(cells[1]),
      price: priceOf(night, recordA, recordB),
      originS: night.originS,
    },
  };
}

/** Once more, up to the start of that number. */
function lookAt(cell: NightCell, index: number): Crossroads | null {
  const enough = new AbortController();
  const stop = () => enough.abort();
  const watch = watchStart(cell.night, { index, keeps: cell.strategy.keeps(cell.params), stop });
  try {
    computeNight(cell, { listener: watch.listener }, enough.signal);
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  }
  return watch.crossroads();
}

/** @throws {UserError} where the strategy left no night */
export function exportTransfers({ document, spec }: Lying, form: TraceForm): Told<WrittenTrace> {
  const cell = nightCell(document, spec);
  const transfers = createTransfers();
  const computed = computeNight(cell, { tap: (solver) => tapped(solver, transfers.tap) });
  recordOf(computed);
  const name = `${document.name} ${spec.strategy} ${spec.clusterSeed}/${spec.nightSeed}`;
  return { result: computed.result, told: writtenTrace(name, transfers, form) };
}
