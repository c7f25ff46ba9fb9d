import { groupBy } from '../kit/group.ts';
import type { FluidSolver } from '../engine/fluid/solver.ts';
import type { Id } from '../model/facts.ts';
import type { JobPresence, JobState, NightListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import { limitGroups, type LimitGroup } from '../model/record.ts';
import { createPhaseLog } from './phase-log.ts';
import { queueName, resourcePlaces } from './places.ts';
import type { SolverTap } from './solver-tap.ts';

// What limited each stream at one instant, and what the others waited for.

export interface InstantStory {
  readonly atS: number;
  readonly originS: number;
  /** what moves bytes, by what holds it at its rate: most flows first */
  readonly limited: readonly LimitedStreams[];
  /** streams that move no bytes, by phase and queue: most first */
  readonly notTransferring: readonly WaitingAttempts[];
  readonly jobs: readonly JobNow[];
}

export interface JobNow {
  readonly job: string;
  readonly state: JobState;
  readonly awaiting: number;
  /** streams */
  readonly active: number;
  readonly free: number;
}

export interface LimitedStreams {
  readonly group: LimitGroup;
  /** a resource in words; null = each by its own cap */
  readonly by: string | null;
  /** MB/s of each: all that one resource holds have the same rate at the source */
  readonly levelMBps: number;
  /** what they read together */
  readonly MBps: number;
  readonly reads: number;
  /** snapshots that are written back */
  readonly writeBacks: number;
  /** some of them, by document order */
  readonly vms: readonly string[];
}

export interface WaitingAttempts {
  readonly phase: string;
  /** empty = the phase is under way, and lasts for a time */
  readonly queues: readonly string[];
  readonly attempts: number;
  /** since when the one that waits longest has been waiting */
  readonly sinceS: number;
  readonly vms: readonly string[];
}

export interface InstantWatch {
  readonly listener: NightListener;
  readonly tap: SolverTap;
  /** null = the night had ended by then, or not begun */
  story(): InstantStory | null;
}

const mostNamed = 5;

export function createInstantWatch(night: Night, atS: number): InstantWatch {
  const places = resourcePlaces(night);
  const phases = createPhaseLog(
    () => false,
    (queue) => queueName(night, queue),
  );
  const vmOf: Id[] = [];
  let jobs: readonly JobPresence[] = [];
  let story: InstantStory | null = null;

  const named = (attempts: readonly number[]): string[] =>
    [...new Set(attempts.map((a) => vmOf[a]!))]
      .toSorted((a, b) => a - b)
      .slice(0, mostNamed)
      .map((vm) => night.vms[vm]!.key);

  function limitedNow(solver: FluidSolver): LimitedStreams[] {
    const flows = [...phases.open()].flatMap(({ flow, ...open }) =>
      flow === null ? [] : [{ ...open, rateMBps: solver.rateMBps(flow), limiter: solver.limiterOf(flow) }],
    );
    // those held by their own caps are alike where the caps are
    const groups = groupBy(flows, ({ limiter, rateMBps }) =>
      limiter === null ? `cap ${rateMBps}` : `${limiter}`,
    );
    return [...groups.values()]
      .map((list): LimitedStreams => {
        const { limiter, rateMBps } = list[0]!;
        const reads = list.filter((f) => f.phase.startsWith('read')).length;
        return {
          group: limiter === null ? 'stream cap' : places[limiter]!.group,
          by: limiter === null ? null : places[limiter]!.name,
          levelMBps: rateMBps,
          MBps: list.reduce((sum, f) => sum + f.rateMBps, 0),
          reads,
          writeBacks: list.length - reads,
          vms: named(list.map((f) => f.attempt)),
        };
      })
      .toSorted(
        (a, b) =>
          b.reads + b.writeBacks - a.reads - a.writeBacks ||
          limitGroups.indexOf(a.group) - limitGroups.indexOf(b.group),
      );
  }

  function waitingNow(): WaitingAttempts[] {
    const still = [...phases.open()].filter((p) => p.flow === null);
    const groups = groupBy(still, (p) => JSON.stringify([p.phase, p.begunS === null ? p.queues : []]));
    return [...groups.values()]
      .map((list) => ({
        phase: list[0]!.phase,
        queues: list[0]!.begunS === null ? list[0]!.queues : [],
        attempts: list.length,
        sinceS: Math.min(...list.map((p) => (p.begunS === null ? p.fromS : p.begunS))),
        vms: named(list.map((p) => p.attempt)),
      }))
      .toSorted((a, b) => b.attempts - a.attempts || a.sinceS - b.sinceS);
  }

  return {
    story: () => story,
    listener: {
      ...phases,
      begin: (all) => void (jobs = all),
      decided({ what, job, unit }) {
        if (what === 'start') vmOf.push(jobs[job]!.facts.units[unit!]!.vm);
      },
    },
    tap: {
      span(fromS, toS, solver) {
        if (story !== null || atS < fromS || atS >= toS) return;
        story = {
          atS,
          originS: night.originS,
          limited: limitedNow(solver),
          notTransferring: waitingNow(),
          jobs: jobs.map(({ facts, view, state }) => ({
            job: facts.name,
            state: state(),
            awaiting: view.awaitingCount,
            active: view.jobActive,
            free: view.jobFree,
          })),
        };
      },
    },
  };
}
