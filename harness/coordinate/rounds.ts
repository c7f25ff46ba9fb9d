import { tiers } from '../model/access.ts';
import { sameInstantS } from '../model/executor.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { JobState } from '../model/listener.ts';
import type { Job } from '../model/night.ts';
import type { JobRecord, RoundRecord } from '../model/record.ts';
import type { UnitsState } from './units-state.ts';

// The rounds of a job (S:452-454, night.md N11): who awaits, when a round closes, and when the job ends.
// The strategy opens tiers; the job is ended here, for every strategy alike.

/** asking: the strategy may start units; starts-ended: it said end-round; asleep: a round without a start, all tiers open; pending: A19 */
type Phase = Exclude<JobState, 'leaderless'>;

export interface Rounds {
  begin(): void;
  current(): number;
  phase(): Phase;
  isAsking(): boolean;
  isUnderWay(): boolean;
  isWindowClosed(): boolean;
  isOver(): boolean;
  count(what: 'started' | 'finished' | 'failed'): void;
  endStarts(): void;
  /** a new decider took over: it is told the round anew */
  resume(): void;
  stir(): void;
  wake(): void;
  closeWindow(): void;
  /** nothing more will happen. @param led whether somebody was there to decide */
  quiet(led: boolean): void;
  /** asked when no attempt is under way. @returns whether the job may act again */
  settle(): boolean;
  end(): JobRecord['end'] | null;
  endS(): number;
  records(): RoundRecord[];
}

export interface RoundsSetup {
  readonly job: Job;
  readonly facts: JobFacts;
  readonly units: UnitsState;
  readonly now: () => number;
  readonly wakeAt: (atS: number) => void;
  readonly open: (round: number, awaiting: readonly Id[]) => void;
}

export function createRounds({ job, facts, units, now, wakeAt, open }: RoundsSetup): Rounds {
  let phase: Phase = 'not-due';
  let round = 0;
  let tally = { startS: 0, units: 0, started: 0, finished: 0, failed: 0 };
  let end: JobRecord['end'] | null = null;
  let endS = job.startS;
  let nextRoundS = 0;
  let windowClosed = false;
  let isRecorded = false;
  const records: RoundRecord[] = [];

  const pathTiers = (unit: Id) =>
    tiers.filter((t) => facts.candidates(facts.units[unit]!.reach, t).length > 0);

  function beginRound(): void {
    round++;
    phase = 'asking';
    isRecorded = false;
    const set = units.unfinished();
    units.beginRound();
    for (const unit of set) units.set(unit, 'waits');
    tally = { startS: now(), units: set.length, started: 0, finished: 0, failed: 0 };
    open(round, set);
  }

  function over(how: JobRecord['end']): void {
    phase = 'over';
    end = how;
    endS = now();
    leaveWaiting();
  }

  /** What still awaits will not be asked for again: nobody idles for it. */
  function leaveWaiting(): void {
    for (const unit of units.unfinished()) if (units.stateOf(unit) === 'waits') units.set(unit, 'left');
  }

  /** What the window's end keeps from being started is not stranded (N12), except for what nobody could start. */
  const strandedAtWindowEnd = (): number =>
    units.unfinished().filter((unit) => units.stateOf(unit) === 'failed' || pathTiers(unit).length === 0)
      .length;

  function record(stranded: number): void {
    if (isRecorded) return;
    isRecorded = true;
    const { units: count, ...counts } = tally;
    records.push({ round, endS: now(), units: count, stranded, ...counts });
  }

  /** The end of a round: the job is over, or pends and starts again with the stranded alone (S:454). */
  function closeRound(): boolean {
    const left = units.unfinished();
    // tiers open one a round: the highest that a stranded unit has is open from that round on
    const paths = left.map(pathTiers);
    const allTiersOpen = paths.every((t) => round >= (t.at(-1) ?? 0));
    const hopeless = paths.every((t) => t.length === 0);
    if (left.length > 0 && tally.started === 0 && allTiersOpen && !hopeless) {
      phase = 'asleep';
      return false;
    }
    record(left.length);
    if (left.length === 0) over('complete');
    else if (job.maxRounds !== null && round >= job.maxRounds) over('max-rounds');
    else if (hopeless || (tally.finished === 0 && allTiersOpen)) over('no-progress');
    else if (job.pendDelayS > 0) {
      phase = 'pending';
      nextRoundS = now() + job.pendDelayS;
      wakeAt(nextRoundS);
    } else {
      beginRound();
      return true;
    }
    return false;
  }

  return {
    begin: beginRound,
    current: () => round,
    phase: () => phase,
    isAsking: () => phase === 'asking',
    isUnderWay: () => phase !== 'not-due' && phase !== 'over',
    isWindowClosed: () => windowClosed,
    isOver: () => phase === 'over',
    count: (what) => void tally[what]++,
    endStarts() {
      phase = 'starts-ended';
    },
    resume() {
      if (phase === 'starts-ended' || phase === 'asleep') phase = 'asking';
      if (phase === 'asking')
        open(
          round,
          units.unfinished().filter((u) => units.stateOf(u) === 'waits'),
        );
    },
    stir() {
      if (phase === 'asleep') phase = 'asking';
    },
    wake() {
      if (phase === 'pending' && now() >= nextRoundS - sameInstantS) beginRound();
    },
    closeWindow() {
      if (phase === 'over') return;
      windowClosed = true;
      phase = 'window-closed';
      leaveWaiting();
    },
    quiet(led) {
      if (phase === 'asleep' || (!led && phase !== 'not-due' && phase !== 'over')) {
        record(units.unfinished().length);
        over('quiet');
      } else if (phase === 'asking') phase = 'starts-ended';
    },
    settle() {
      if (phase === 'window-closed') {
        record(strandedAtWindowEnd());
        over(units.unfinished().length === 0 ? 'complete' : 'window');
        return false;
      }
      const closes = phase === 'starts-ended' || (phase === 'asking' && units.awaitingCount() === 0);
      return closes && closeRound();
    },
    end: () => end,
    endS: () => endS,
    records: () => records,
  };
}
