import type { Attempt, LaneRead, Moving } from './attempt.ts';
import type { FlowSpec, Flows } from './flows.ts';
import { laneRead } from './lane-reads.ts';
import { failAtOnce, firstPhase, lastPhase, phases, type Parts } from './phases.ts';
import type { Timers } from './timers.ts';
import { nothing, type Tokens, type Want } from './tokens.ts';

// Takes attempts through their phases: a phase begins when the one before it has ended and its tokens are granted, then
// lasts for a time or for the bytes of its flows. The lanes of an attempt read side by side.

export interface Course {
  /** from the first phase on, or to fail at once */
  begin(attempt: Attempt, how: 'wholly' | 'fail at once'): void;
  /** ends attempts: their flows and delays stop, their tokens go back, to none of them */
  abandon(attempts: readonly Attempt[]): void;
  /** their flows and delays stop, but they keep what they hold */
  freeze(attempts: readonly Attempt[]): void;
  /** the delay that its present phase lasts is over */
  finish(attempt: Attempt): void;
  /** flows completed, all in one instant */
  completed(flows: readonly number[]): void;
}

export interface CourseSetup {
  readonly parts: Parts;
  readonly solver: Flows;
  readonly timers: Timers;
  readonly tokens: Tokens;
  readonly now: () => number;
  readonly attemptOf: (id: number) => Attempt;
  readonly flowOf: (attempt: Attempt, read: LaneRead) => FlowSpec;
  readonly onRead: (attempt: Attempt, read: LaneRead, flow: number) => void;
  /** the read is over, or was stopped */
  readonly onReadEnd: (attempt: Attempt, flow: number, movedMB: number) => void;
  /** it is about to give back what it still holds: the last chance to hand it over */
  readonly beforeRelease: (attempt: Attempt) => void;
  /** it has ended by itself; one that failed is still to be abandoned */
  readonly onEnd: (attempt: Attempt, isFailed: boolean) => void;
  readonly watch?: CourseWatch | undefined;
}

/** Told of what attempts do, where somebody listens; phases by name. */
export interface CourseWatch {
  /** @param pools that it has to wait for */
  waits(attempt: number, phase: string, pools: readonly number[]): void;
  begins(attempt: number, phase: string, flow: number | null): void;
  ends(attempt: number, phase: string): void;
  halts(attempt: number): void;
}

const readName = ({ lane, place }: LaneRead): string => `read ${lane}.${place}`;

export function createCourse(setup: CourseSetup): Course {
  const { parts, solver, timers, tokens, now, attemptOf, flowOf, onRead, onReadEnd } = setup;
  const { beforeRelease, onEnd, watch } = setup;
  /** by flow; flows are numbered from 0 and never again */
  const movingOf: (Moving | undefined)[] = [];

  /** Takes what its present phase needs, and begins it. */
  function ready(a: Attempt): void {
    const { name, takes, until } = phases[a.phase]!;
    const wants = takes === null ? null : takes(a, parts);
    if (wants === null || wants.length === 0) {
      start(a);
      return;
    }
    if (until !== null) {
      const held = a.held[until]!;
      a.held[until] = held === nothing ? wants : [...held, ...wants];
    }
    const pools = watch === undefined ? null : tokens.blocking(wants);
    if (tokens.request(a.id, wants)) start(a);
    else watch?.waits(a.id, name, pools!);
  }

  function start(a: Attempt): void {
    const { name, work } = phases[a.phase]!;
    if (work === null) {
      for (let lane = 0; lane < a.order.lanes.length; lane++) startRead(a, lane, 0);
      return;
    }
    const todo = work(a, parts);
    if (typeof todo !== 'number') {
      const flow = startFlow(a, todo, null);
      watch?.begins(a.id, name, flow);
      return;
    }
    watch?.begins(a.id, name, null);
    if (todo === 0) finish(a);
    else a.timer = timers.set(now() + todo, a.onTimer);
  }

  function startFlow(attempt: Attempt, spec: FlowSpec, read: LaneRead | null): number {
    const flow = solver.start(spec, attempt.id);
    const moving: Moving = { attempt, flow, sizeMB: spec.sizeMB, read };
    // a list that is made with its one item is no longer than that
    if (attempt.moving.length === 0) attempt.moving = [moving];
    else attempt.moving.push(moving);
    movingOf[flow] = moving;
    return flow;
  }

  function startRead(a: Attempt, lane: number, place: number): void {
    const read = laneRead(a.order, a.fault, lane, place);
    const flow = startFlow(a, flowOf(a, read), read);
    watch?.begins(a.id, readName(read), flow);
    onRead(a, read, flow);
  }

  /** Its present phase is over: on to the next. */
  function finish(a: Attempt): void {
    a.timer = null;
    const { name, onEnd: atEnd, fault, gives } = phases[a.phase]!;
    const fails = a.phase === failAtOnce || (fault !== null && a.fault?.phase === fault);
    watch?.ends(a.id, name);
    if (fails) {
      onEnd(a, true);
      return;
    }
    atEnd?.(a, parts);
    if (gives !== null) giveBack(a, a.held[gives]!);
    if (a.phase < lastPhase) {
      a.phase++;
      ready(a);
      return;
    }
    a.isOver = true;
    releaseAll(a);
    onEnd(a, false);
  }

  function finishRead(a: Attempt, read: LaneRead): void {
    watch?.ends(a.id, readName(read));
    const { lane, place, fails } = read;
    if (fails) onEnd(a, true);
    else if (place + 1 < a.order.lanes[lane]!.length) startRead(a, lane, place + 1);
    else if (--a.lanesLeft === 0) {
      a.phase++;
      ready(a);
    }
  }

  /** its bytes are through */
  function dropMoving(over: Moving): void {
    const { attempt, flow, sizeMB, read } = over;
    movingOf[flow] = undefined;
    const { moving } = attempt;
    if (moving.length === 1) moving.pop();
    else moving.splice(moving.indexOf(over), 1);
    if (read !== null) onReadEnd(attempt, flow, sizeMB);
  }

  function finishMoving({ attempt, read }: Moving): void {
    if (attempt.isOver) return; // another that ended in the same instant has ended it
    if (read === null) finish(attempt);
    else finishRead(attempt, read);
  }

  function giveBack(a: Attempt, wants: readonly Want[]): void {
    if (wants.length === 0) return;
    for (const next of tokens.release(a.id, wants)) start(attemptOf(next));
  }

  /** everything that it still holds */
  function releaseAll(a: Attempt): void {
    beforeRelease(a);
    giveBack(a, tokens.heldBy(a.id));
  }

  function halt(a: Attempt): void {
    if (a.timer !== null) timers.cancel(a.timer);
    a.timer = null;
    for (const { flow, read } of a.moving) {
      movingOf[flow] = undefined;
      const movedMB = solver.stop(flow);
      if (read !== null) onReadEnd(a, flow, movedMB);
    }
    a.moving.length = 0;
    watch?.halts(a.id);
  }

  function freeze(attempts: readonly Attempt[]): void {
    attempts.forEach(halt);
    for (const next of tokens.withdraw(attempts.map((a) => a.id))) start(attemptOf(next));
  }

  return {
    begin(attempt, how) {
      attempt.phase = how === 'wholly' ? firstPhase : failAtOnce;
      ready(attempt);
    },
    finish,
    freeze,
    abandon(attempts) {
      freeze(attempts);
      for (const a of attempts) {
        a.isOver = true;
        releaseAll(a);
      }
    },
    completed(flows) {
      const done = flows.map((flow) => movingOf[flow]!);
      done.forEach(dropMoving);
      done.forEach(finishMoving);
    },
  };
}
