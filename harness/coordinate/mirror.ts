import type { ClusterFacts, Id, JobFacts } from '../model/facts.ts';
import type { Notice, StreamNotice, View } from '../model/strategy.ts';
import { createCounters, type Counters } from './counters.ts';

/** The view of one job's strategy, as a fold of facts and notices: nothing else gets in. */
export interface Mirror {
  readonly view: View;
  readonly counters: Counters;
  apply(notice: Notice): void;
  setNow(nowS: number): void;
}

/** What the view answers outside the fold. */
export type Queries = Pick<View, 'latencyMs' | 'rateIfMBps'>;

export function createMirror(cluster: ClusterFacts, job: JobFacts, queries: Queries): Mirror {
  const counters = createCounters(cluster);
  const waits = new Uint8Array(job.units.length);
  const attempts = new Uint16Array(job.units.length);
  const activeThisJob = new Int32Array(cluster.devices.length);
  const { agents } = counters;
  const slotsOfJob = counters.sumSlots(job.agents);
  const agentFree = cluster.proxies.map((p) => counters.mostSlots(job.agentsOf(p.id)));
  let nowS = 0;
  let round = 0;
  let awaitingCount = 0;
  let jobActive = 0;
  /** nothing below this unit awaits */
  let firstAwaiting = 0;

  function setAwaiting(unit: Id, value: 0 | 1): void {
    awaitingCount += value - waits[unit]!;
    waits[unit] = value;
    if (value === 1 && unit < firstAwaiting) firstAwaiting = unit;
  }

  function countOwn(stream: StreamNotice, sign: 1 | -1): void {
    jobActive += sign * stream.streams;
    for (let i = 0; i < stream.devices.length; i++)
      activeThisJob[stream.devices[i]!]! += sign * stream.deviceStreams[i]!;
  }

  const fold: { readonly [T in Notice['type']]: (notice: Extract<Notice, { type: T }>) => void } = {
    inherited(n) {
      for (const stream of n.streams) {
        counters.open(stream);
        if (stream.job === job.id) countOwn(stream, 1);
      }
      for (const { unit, attempts: count } of n.attempts) attempts[unit] = count;
      for (const { entity, id } of n.outOfService) counters.setService(entity, id, false);
    },
    round(n) {
      waits.fill(0);
      awaitingCount = firstAwaiting = 0;
      round = n.round;
      for (let i = 0; i < n.awaiting.length; i++) setAwaiting(n.awaiting[i]!, 1);
    },
    opened(n) {
      counters.open(n);
      if (n.job !== job.id) return;
      setAwaiting(n.unit, 0);
      attempts[n.unit]!++;
      countOwn(n, 1);
    },
    closed(n) {
      counters.close(n);
      if (n.job === job.id) countOwn(n, -1);
    },
    finished: () => {},
    failed(n) {
      if (n.awaits) setAwaiting(n.unit, 1);
    },
    service: (n) => counters.setService(n.entity, n.id, n.inService),
  };

  const view: View = {
    get nowS() {
      return nowS;
    },
    get round() {
      return round;
    },
    get awaitingCount() {
      return awaitingCount;
    },
    get jobActive() {
      return jobActive;
    },
    get jobFree() {
      return Math.max(0, Math.min(job.streams - jobActive, slotsOfJob()));
    },
    isAwaiting: (unit) => waits[unit] === 1,
    *awaiting() {
      for (let unit = firstAwaiting; unit < waits.length; unit++) {
        if (waits[unit] === 1) yield unit;
        else if (unit === firstAwaiting) firstAwaiting++;
      }
    },
    attempts: (unit) => attempts[unit]!,
    agentFree: (proxy) => agentFree[proxy]!(),
    proxies: Object.freeze(counters.proxies),
    devices: Object.freeze({ ...counters.devices, activeThisJob }),
    stores: Object.freeze(counters.stores),
    servers: Object.freeze(counters.servers),
    agents: Object.freeze(agents),
    ...queries,
  };

  return {
    view: Object.freeze(view),
    counters,
    setNow: (s) => (nowS = s),
    apply: (notice) => (fold[notice.type] as (n: Notice) => void)(notice),
  };
}
