import { tiers } from '../model/access.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { Counters } from './counters.ts';

/** Integrates how long each proxy was in service and below its limit while a unit that it reaches awaited (night.md N20). */
export interface IdleWatch {
  /** a unit of this reach begins (+1) or ceases (-1) to await */
  count(job: JobFacts, reach: Id, change: 1 | -1): void;
  /** streams or service of the proxy have changed */
  look(proxy: Id): void;
  /** seconds by proxy, until now */
  idleS(): Float64Array;
}

/** Looks at a proxy when something of it changes: what was true since it was looked at last is known. */
export function createIdleWatch(counters: Counters, now: () => number): IdleWatch {
  const { active, limit, inService } = counters.proxies;
  const totalS = new Float64Array(active.length);
  const sinceS = new Float64Array(active.length);
  const isIdle = new Uint8Array(active.length);
  /** by proxy: classes of units that it reaches and that have one waiting */
  const classes = new Int32Array(active.length);
  const waiting = new Map<JobFacts, Int32Array>();

  function look(p: Id): void {
    const idle = Number(classes[p]! > 0 && inService[p] === 1 && active[p]! < limit[p]!);
    if (idle === isIdle[p]) return;
    if (idle === 0) totalS[p]! += now() - sinceS[p]!;
    isIdle[p] = idle;
    sinceS[p] = now();
  }

  return {
    look,
    count(job, reach, change) {
      let counts = waiting.get(job);
      if (counts === undefined) waiting.set(job, (counts = new Int32Array(job.reachCount)));
      counts[reach]! += change;
      if (counts[reach] !== (change === 1 ? 1 : 0)) return;
      for (const tier of tiers)
        for (const p of job.candidates(reach, tier)) {
          classes[p]! += change;
          look(p);
        }
    },
    idleS: () => totalS.map((s, p) => s + (isIdle[p] === 1 ? now() - sinceS[p]! : 0)),
  };
}
