import type { EndCause, Happening } from '../model/executor.ts';
import type { FromHost, Kept } from './messages.ts';

export type Ended = Extract<Happening, { kind: 'ended' }>;
type Verdict = Extract<FromHost, { type: 'finished' | 'failed' }>;

/** Attempts go on while what they have written is restored and compared, but none has ended before that is done. */
export interface AttemptEnds {
  /** by attempt: its streams that were restored and compared */
  readonly restored: ReadonlyMap<number, readonly Kept[]>;
  keep(attempt: number, kept: Kept | null): void;
  /** the stream is written, its restore begins */
  written(flow: number, attempt: number): void;
  /** @returns false = the restore of that stream was not waited for */
  judge(verdict: Verdict): boolean;
  /** told at once, or when its streams are restored */
  end(ended: Ended): void;
  /** ends an attempt that waits for its restore. @returns false = it does not */
  stop(attempt: number, cause: EndCause): boolean;
  /** attempts that wait for their restore */
  held(): readonly number[];
}

export function createAttemptEnds(setup: {
  readonly tell: (ended: Ended) => void;
  /** a stream did not restore while its attempt still goes on */
  readonly onSpoilt: (attempt: number) => void;
}): AttemptEnds {
  const { tell, onSpoilt } = setup;
  const restored = new Map<number, Kept[]>();
  /** by stream: its attempt */
  const open = new Map<number, number>();
  const held = new Map<number, Ended>();
  const isOpen = (attempt: number) => [...open.values()].includes(attempt);

  function keep(attempt: number, kept: Kept | null): void {
    if (kept !== null) restored.set(attempt, [...(restored.get(attempt) ?? []), kept]);
  }

  function release(attempt: number, cause: Ended['cause']): boolean {
    const ended = held.get(attempt);
    if (ended === undefined) return false;
    held.delete(attempt);
    tell({ ...ended, cause });
    return true;
  }

  return {
    restored,
    keep,
    written: (flow, attempt) => void open.set(flow, attempt),
    judge(verdict) {
      const attempt = open.get(verdict.flow);
      if (attempt === undefined) return false;
      open.delete(verdict.flow);
      if (verdict.type === 'finished') {
        keep(attempt, verdict.kept);
        if (!isOpen(attempt)) release(attempt, 'finished');
      } else if (!release(attempt, 'restore')) onSpoilt(attempt);
      return true;
    },
    end(ended) {
      if (ended.cause === 'finished' && isOpen(ended.attempt)) held.set(ended.attempt, ended);
      else tell(ended);
    },
    stop: release,
    held: () => [...held.keys()],
  };
}
