import { tiers } from '../model/access.ts';
import type { EndCause } from '../model/executor.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { UnitRecord, UnprotectedReason } from '../model/record.ts';

/** left: it still awaited when its job ended */
export type UnitState = 'waits' | 'runs' | 'failed' | 'finished' | 'terminated' | 'left';

/** How far each unit of a job is: the coordinator's own account. */
export interface UnitsState {
  /** units that await */
  readonly awaitingCount: () => number;
  stateOf(unit: Id): UnitState;
  attemptsOf(unit: Id): number;
  /** attempts of the unit in this round */
  attemptsInRound(unit: Id): number;
  set(unit: Id, state: UnitState): void;
  started(unit: Id, nowS: number, round: number): void;
  ended(unit: Id, nowS: number, cause: EndCause | 'finished'): void;
  beginRound(): void;
  /** not finished, in document order */
  unfinished(): Id[];
  records(windowClosed: boolean): UnitRecord[];
}

export function createUnitsState(job: JobFacts, onWaiting: (unit: Id, change: 1 | -1) => void): UnitsState {
  const n = job.units.length;
  const states = Array<UnitState | null>(n).fill(null);
  const attempts = new Uint16Array(n);
  const inRound = new Uint16Array(n);
  const rounds = new Uint16Array(n);
  // NaN = not yet
  const firstStartS = new Float64Array(n).fill(NaN);
  const endS = new Float64Array(n).fill(NaN);
  const causes = Array<EndCause | null>(n).fill(null);
  let waiting = 0;

  function set(unit: Id, state: UnitState): void {
    const change = Number(state === 'waits') - Number(states[unit] === 'waits');
    states[unit] = state;
    if (change === 0) return;
    waiting += change;
    onWaiting(unit, change as 1 | -1);
  }

  const hasPath = (unit: Id) => tiers.some((t) => job.candidates(job.units[unit]!.reach, t).length > 0);

  function reasonOf(unit: Id, windowClosed: boolean): [UnitRecord['state'], UnprotectedReason | null] {
    const state = states[unit];
    if (state === 'finished') return ['finished', null];
    if (state === 'terminated') return ['unfinished', 'window'];
    if (!hasPath(unit)) return ['stranded', 'no-path'];
    if (windowClosed && state !== 'failed') return ['unfinished', 'window-closed'];
    return ['stranded', causes[unit] ?? 'not-assigned'];
  }

  return {
    awaitingCount: () => waiting,
    stateOf: (unit) => states[unit]!,
    attemptsOf: (unit) => attempts[unit]!,
    attemptsInRound: (unit) => inRound[unit]!,
    set,
    started(unit, nowS, round) {
      set(unit, 'runs');
      attempts[unit]!++;
      inRound[unit]!++;
      rounds[unit] = round;
      if (Number.isNaN(firstStartS[unit]!)) firstStartS[unit] = nowS;
    },
    ended(unit, nowS, cause) {
      endS[unit] = nowS;
      causes[unit] = cause === 'finished' ? null : cause;
      set(unit, cause === 'finished' ? 'finished' : cause === 'window' ? 'terminated' : 'failed');
    },
    beginRound: () => inRound.fill(0),
    unfinished() {
      const ids: Id[] = [];
      for (let unit = 0; unit < n; unit++) if (states[unit] !== 'finished') ids.push(unit);
      return ids;
    },
    records: (windowClosed) =>
      job.units.map((u): UnitRecord => {
        const [state, reason] = reasonOf(u.id, windowClosed);
        return {
          job: job.id,
          unit: u.id,
          vm: u.vm,
          key: u.key,
          state,
          reason,
          attempts: attempts[u.id]!,
          round: attempts[u.id] === 0 ? null : rounds[u.id]!,
          firstStartS: orNull(firstStartS[u.id]!),
          endS: orNull(endS[u.id]!),
        };
      }),
  };
}

const orNull = (timeS: number): number | null => (Number.isNaN(timeS) ? null : timeS);
