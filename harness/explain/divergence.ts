import type { Id } from '../model/facts.ts';
import type { JobPresence, NightListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { AttemptRecord, NightRecord, UnitRecord } from '../model/record.ts';
import type { StrategyPromise } from '../model/strategy.ts';
import { streamsOnDevices, verdictsOf, type DeviceStreams, type Verdict } from './verdicts.ts';

// Where two nights of one document and the same seeds part. Attempts are numbered in the order in which they were decided,
// so the starts of a night are in its record; until the first that differs, all that happened is the same.

export interface StartTold {
  readonly atS: number;
  readonly job: string;
  readonly unit: string;
  readonly proxy: string;
  readonly streams: number;
}

/** @returns the first start that differs, as a place in both lists; null = none does */
export function firstDifference(a: NightRecord, b: NightRecord): number | null {
  const most = Math.max(a.attempts.length, b.attempts.length);
  const [keysA, keysB] = [unitKeys(a), unitKeys(b)];
  for (let i = 0; i < most; i++) {
    const [x, y] = [a.attempts[i], b.attempts[i]];
    if (x === undefined || y === undefined) return i;
    const isSame =
      x.startS === y.startS &&
      x.job === y.job &&
      x.proxy === y.proxy &&
      x.streams === y.streams &&
      keysA(x) === keysB(y);
    if (!isSame) return i;
  }
  return null;
}

/** Records hold the units of one job behind each other. */
function unitKeys({ units }: NightRecord): (attempt: AttemptRecord) => string {
  const first = new Map<Id, number>();
  units.forEach((u, i) => {
    if (!first.has(u.job)) first.set(u.job, i);
  });
  return ({ job, unit }) => units[first.get(job)! + unit]!.key;
}

export function startTold(night: Night, record: NightRecord, index: number): StartTold | null {
  const attempt = record.attempts[index];
  if (attempt === undefined) return null;
  return {
    atS: attempt.startS,
    job: night.jobs[attempt.job]!.name,
    unit: unitKeys(record)(attempt),
    proxy: night.proxies[attempt.proxy]!.name,
    streams: attempt.streams,
  };
}

/** The state before a decision: what both strategies saw. */
export interface Crossroads {
  readonly atS: number;
  readonly job: string;
  readonly round: number;
  readonly awaiting: number;
  readonly jobActive: number;
  readonly jobFree: number;
  readonly proxies: readonly {
    readonly proxy: string;
    readonly active: number;
    readonly limit: number;
    readonly inService: boolean;
  }[];
  /** those with streams */
  readonly devices: readonly DeviceStreams[];
  /** what the strategy said of the decision */
  readonly why: string | null;
  /** of the unit that it started */
  readonly verdicts: readonly Verdict[];
  readonly onItsDevices: readonly DeviceStreams[];
}

/** Looks at the view when the start of a number is decided; then the night may stop. */
export function watchStart(
  night: Night,
  { index, keeps, stop }: { index: number; keeps: readonly StrategyPromise[]; stop: () => void },
): { readonly listener: NightListener; crossroads(): Crossroads | null } {
  let jobs: readonly JobPresence[] = [];
  let starts = 0;
  let found: Crossroads | null = null;
  return {
    crossroads: () => found,
    listener: {
      begin: (all) => void (jobs = all),
      decided({ atS, what, job: id, unit, proxy, why }) {
        if (what !== 'start' || starts++ !== index) return;
        const { facts, view } = jobs[id]!;
        const asked = { night, job: facts, keeps, unit: unit! };
        found = {
          atS,
          job: facts.name,
          round: view.round,
          awaiting: view.awaitingCount,
          jobActive: view.jobActive,
          jobFree: view.jobFree,
          proxies: night.proxies.map((p) => ({
            proxy: p.name,
            active: view.proxies.active[p.id]!,
            limit: view.proxies.limit[p.id]!,
            inService: view.proxies.inService[p.id] === 1,
          })),
          devices: night.devices
            .map((d) => ({ device: d.name, active: view.devices.active[d.id]! }))
            .filter((d) => d.active > 0),
          why,
          verdicts: verdictsOf(asked, view, proxy),
          onItsDevices: streamsOnDevices(asked, view),
        };
        stop();
      },
    },
  };
}

/** A VM under both strategies; a VM of several units ends with the last of them. */
export interface VmDifference {
  readonly vm: string;
  /** null = not protected */
  readonly aEndS: number | null;
  readonly bEndS: number | null;
}

export interface Price {
  readonly vms: number;
  readonly protectedByA: number;
  readonly protectedByB: number;
  /** some of those that the one alone protects, by document order */
  readonly onlyA: readonly string[];
  readonly onlyACount: number;
  readonly onlyB: readonly string[];
  readonly onlyBCount: number;
  readonly sameEnd: number;
  readonly earlierInA: number;
  readonly earlierInB: number;
  /** protected by both: the most that ends under A come after ends under B, and before */
  readonly aLosesMost: readonly VmDifference[];
  readonly bLosesMost: readonly VmDifference[];
}

const mostNamed = 5;

export function priceOf(night: Night, a: NightRecord, b: NightRecord): Price {
  const [endsA, endsB] = [endsOf(a), endsOf(b)];
  const all = [...endsA].map(([vm, aEndS]) => ({
    vm: night.vms[vm]!.key,
    aEndS,
    bEndS: endsB.get(vm) ?? null,
  }));
  const both = all.filter((d) => d.aEndS !== null && d.bEndS !== null);
  const lateS = (d: VmDifference) => d.aEndS! - d.bEndS!;
  const later = both.filter((d) => lateS(d) > 0).toSorted((x, y) => lateS(y) - lateS(x));
  const earlier = both.filter((d) => lateS(d) < 0).toSorted((x, y) => lateS(x) - lateS(y));
  const names = (list: readonly VmDifference[]) => list.slice(0, mostNamed).map((d) => d.vm);
  const onlyA = all.filter((d) => d.aEndS !== null && d.bEndS === null);
  const onlyB = all.filter((d) => d.aEndS === null && d.bEndS !== null);
  return {
    vms: all.length,
    protectedByA: all.filter((d) => d.aEndS !== null).length,
    protectedByB: all.filter((d) => d.bEndS !== null).length,
    onlyA: names(onlyA),
    onlyACount: onlyA.length,
    onlyB: names(onlyB),
    onlyBCount: onlyB.length,
    sameEnd: both.length - later.length - earlier.length,
    earlierInA: earlier.length,
    earlierInB: later.length,
    aLosesMost: later.slice(0, mostNamed),
    bLosesMost: earlier.slice(0, mostNamed),
  };
}

function endsOf({ units }: { units: readonly UnitRecord[] }): Map<Id, number | null> {
  const ends = new Map<Id, number | null>();
  for (const { vm, state, endS } of units) {
    const before = ends.get(vm);
    const own = state === 'finished' ? endS : null;
    ends.set(vm, before === undefined ? own : before === null || own === null ? null : Math.max(before, own));
  }
  return ends;
}
