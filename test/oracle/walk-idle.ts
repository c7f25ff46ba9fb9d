import type { Id, JobFacts } from '../../harness/model/facts.ts';
import type { Counters } from '../../harness/coordinate/counters.ts';

// Idle time by walking all proxies whenever the clock moves: what harness/coordinate/idle-watch.ts says must be this.

export interface WalkingIdleWatch {
  /** a unit of this reach begins (+1) or ceases (-1) to await */
  count(job: JobFacts, reach: Id, change: 1 | -1): void;
  advance(nowS: number): void;
  readonly idleS: Float64Array;
}

export function createWalkingIdleWatch(counters: Counters): WalkingIdleWatch {
  const { active, limit, inService } = counters.proxies;
  const idleS = new Float64Array(active.length);
  /** by proxy: classes of units that it reaches and that have one waiting */
  const classes = new Int32Array(active.length);
  const waiting = new Map<JobFacts, Int32Array>();
  let lastS = 0;

  return {
    idleS,
    count(job, reach, change) {
      let counts = waiting.get(job);
      if (counts === undefined) waiting.set(job, (counts = new Int32Array(job.reachCount)));
      counts[reach]! += change;
      if (counts[reach] !== (change === 1 ? 1 : 0)) return;
      for (const tier of [1, 2, 3, 4] as const)
        for (const p of job.candidates(reach, tier)) classes[p]! += change;
    },
    advance(nowS) {
      const spanS = nowS - lastS;
      lastS = nowS;
      if (spanS <= 0) return;
      for (let p = 0; p < idleS.length; p++)
        if (classes[p]! > 0 && inService[p] === 1 && active[p]! < limit[p]!) idleS[p]! += spanS;
    },
  };
}
