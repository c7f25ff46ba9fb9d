import type { ClusterFacts, Id, JobFacts } from '../../model/facts.ts';
import type { View } from '../../model/strategy.ts';

/** What a decider looked at. */
export interface Looks {
  /** different ones of which a fact or a state was read */
  readonly units: number;
  readonly proxies: number;
  /** every such read, however often */
  readonly reads: number;
}

/** Counts looks at units and proxies, through copies of facts and view that tell it of every read. Exact: no clock, no sampling. */
export interface LookCounter {
  /** what was looked at since it was last asked */
  take(): Looks;
  watchJob(job: JobFacts): JobFacts;
  watchCluster(cluster: ClusterFacts): ClusterFacts;
  watchView(view: View): View;
}

export function createLookCounter(): LookCounter {
  const units = new Set<Id>();
  const proxies = new Set<Id>();
  let reads = 0;

  function sawUnit(unit: Id): void {
    units.add(unit);
    reads++;
  }
  function sawProxy(proxy: Id): void {
    proxies.add(proxy);
    reads++;
  }
  function sawProxies(ids: readonly Id[]): readonly Id[] {
    ids.forEach(sawProxy);
    return ids;
  }

  return {
    take() {
      const looks = { units: units.size, proxies: proxies.size, reads };
      units.clear();
      proxies.clear();
      reads = 0;
      return looks;
    },
    watchJob: (job) => ({
      ...job,
      units: job.units.map((unit) => watched(unit, () => sawUnit(unit.id))),
      tier(unit, proxy) {
        sawUnit(unit);
        sawProxy(proxy);
        return job.tier(unit, proxy);
      },
      agentsOf(proxy) {
        sawProxy(proxy);
        return job.agentsOf(proxy);
      },
      candidates: (reach, tier) => sawProxies(job.candidates(reach, tier)),
    }),
    watchCluster: (cluster) => ({
      ...cluster,
      proxies: cluster.proxies.map((proxy) => watched(proxy, () => sawProxy(proxy.id))),
    }),
    watchView(view) {
      const { active, limit, inService } = view.proxies;
      const methods: Partial<View> = {
        isAwaiting(unit) {
          sawUnit(unit);
          return view.isAwaiting(unit);
        },
        *awaiting() {
          for (const unit of view.awaiting()) {
            sawUnit(unit);
            yield unit;
          }
        },
        attempts(unit) {
          sawUnit(unit);
          return view.attempts(unit);
        },
        agentFree(proxy) {
          sawProxy(proxy);
          return view.agentFree(proxy);
        },
        proxies: {
          active: watchedNumbers(active, sawProxy),
          limit: watchedNumbers(limit, sawProxy),
          inService: watchedNumbers(inService, sawProxy),
        },
      };
      // the rest is that of the view itself
      return Object.create(view, Object.getOwnPropertyDescriptors(methods)) as View;
    },
  };
}

/** The same properties, each of which says that it is read. */
function watched<T extends object>(facts: T, saw: () => void): T {
  const getters = Object.keys(facts).map((key) => {
    const get = () => {
      saw();
      return facts[key as keyof T];
    };
    return [key, { enumerable: true, get }] as const;
  });
  return Object.defineProperties({}, Object.fromEntries(getters)) as T;
}

/** The same numbers, each place of which says that it is read; with the methods of an array, which read place by place. */
function watchedNumbers(numbers: ArrayLike<number>, saw: (place: number) => void): ArrayLike<number> {
  const places = Array.from({ length: numbers.length }, (_, place) => {
    const get = () => {
      saw(place);
      return numbers[place]!;
    };
    return [place, { enumerable: true, get }] as const;
  });
  const length = { value: numbers.length };
  return Object.create(Array.prototype, { length, ...Object.fromEntries(places) }) as ArrayLike<number>;
}
