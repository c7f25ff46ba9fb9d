import type { PhaseAt, PhaseListener } from '../model/listener.ts';

/** One phase of an attempt. */
export interface PhaseSpan {
  readonly phase: string;
  /** ready; it began so many seconds later */
  readonly fromS: number;
  readonly waitedS: number;
  /** what it waited for */
  readonly queues: readonly string[];
  readonly toS: number;
}

/** Keeps the phases of the attempts of interest that took any time, in order of their ends; of the others what is open now. */
export interface PhaseLog extends PhaseListener {
  spansOf(attempt: number): readonly PhaseSpan[];
  /** phases that wait or last now */
  open(): Iterable<OpenPhase>;
}

export interface OpenPhase {
  readonly attempt: number;
  readonly phase: string;
  readonly fromS: number;
  /** null = it waits still */
  readonly begunS: number | null;
  readonly queues: readonly string[];
  readonly flow: number | null;
}

export function createPhaseLog(
  isOfInterest: (attempt: number) => boolean,
  queueName: (queue: Parameters<NonNullable<PhaseListener['waits']>>[1][number]) => string,
): PhaseLog {
  const spans = new Map<number, PhaseSpan[]>();
  const openOf = new Map<number, Map<string, OpenPhase>>();

  const phasesOf = (attempt: number) => {
    let phases = openOf.get(attempt);
    if (phases === undefined) openOf.set(attempt, (phases = new Map()));
    return phases;
  };

  function close({ attempt, phase, nowS }: PhaseAt): void {
    const phases = phasesOf(attempt);
    const open = phases.get(phase);
    phases.delete(phase);
    if (phases.size === 0) openOf.delete(attempt);
    if (open === undefined || !isOfInterest(attempt) || nowS === open.fromS) return;
    const span = {
      phase,
      fromS: open.fromS,
      waitedS: (open.begunS ?? nowS) - open.fromS,
      queues: open.queues,
      toS: nowS,
    };
    const before = spans.get(attempt);
    if (before === undefined) spans.set(attempt, [span]);
    else before.push(span);
  }

  return {
    waits({ attempt, phase, nowS }, queues) {
      const names = queues.map(queueName);
      phasesOf(attempt).set(phase, { attempt, phase, fromS: nowS, begunS: null, queues: names, flow: null });
    },
    begins({ attempt, phase, nowS }, flow) {
      const phases = phasesOf(attempt);
      const { fromS, queues } = phases.get(phase) ?? { fromS: nowS, queues: [] };
      phases.set(phase, { attempt, phase, fromS, begunS: nowS, queues, flow });
    },
    ends: close,
    halts(attempt, nowS) {
      for (const phase of openOf.get(attempt)?.keys() ?? []) close({ attempt, phase, nowS });
    },
    spansOf: (attempt) => spans.get(attempt) ?? [],
    *open() {
      for (const phases of openOf.values()) yield* phases.values();
    },
  };
}
