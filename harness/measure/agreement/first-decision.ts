import type { AttemptTold, NightTold } from './night-told.ts';

/** The first start in which two nights of one strategy part. */
export interface FirstDecision {
  /** starts before it, the same in both */
  readonly afterStarts: number;
  /** null = it started nothing more */
  readonly simulated: StartTold | null;
  readonly emulated: StartTold | null;
  readonly why: string;
}

export interface StartTold {
  readonly atS: number;
  readonly vm: string;
  readonly proxy: string;
}

/** @returns null = every start is the same, in the same order */
export function firstDecision(simulated: NightTold, emulated: NightTold): FirstDecision | null {
  const [a, b] = [simulated.attempts, emulated.attempts];
  const most = Math.max(a.length, b.length);
  const isSame = (i: number) => a[i]?.vm === b[i]?.vm && a[i]?.proxy === b[i]?.proxy;
  const at = Array.from({ length: most }, (_, i) => i).find((i) => !isSame(i));
  if (at === undefined) return null;
  return {
    afterStarts: at,
    simulated: startOf(a[at]),
    emulated: startOf(b[at]),
    why: whyOf(a, b, at),
  };
}

const startOf = (attempt: AttemptTold | undefined): StartTold | null =>
  attempt === undefined ? null : { atS: attempt.startS, vm: attempt.vm, proxy: attempt.proxy };

/** Who decides looks at what has just ended: if that was not the same attempt, its order is the reason. */
function whyOf(a: readonly AttemptTold[], b: readonly AttemptTold[], at: number): string {
  const [x, y] = [a[at], b[at]];
  if (x === undefined || y === undefined) return 'one of the nights started nothing more';
  const [before, beforeToo] = [lastEnd(a, at), lastEnd(b, at)];
  if (before === null || beforeToo === null)
    return 'before any attempt had ended: what was in service differed';
  const [sim, emu] = [a[before]!, b[beforeToo]!];
  if (before === beforeToo)
    return `both after the end of ${sim.vm}; what else was under way had come another way`;
  const gapS = (nights: readonly AttemptTold[]) =>
    (nights[beforeToo]!.endS - nights[before]!.endS).toFixed(2);
  return `simulated after the end of ${sim.vm}, emulated after that of ${emu.vm}: ${emu.vm} ended ${gapS(a)} s after ${sim.vm} in the one, ${gapS(b)} s in the other`;
}

/** @returns of the attempts that were started before, the one that ended last by then */
function lastEnd(attempts: readonly AttemptTold[], at: number): number | null {
  const { startS } = attempts[at]!;
  let last: number | null = null;
  for (let i = 0; i < at; i++)
    if (attempts[i]!.endS <= startS && (last === null || attempts[i]!.endS > attempts[last]!.endS)) last = i;
  return last;
}
