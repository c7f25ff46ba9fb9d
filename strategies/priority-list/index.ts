import { defineStrategy, type Decision, type Notice, type View } from '../../harness/model/strategy.ts';
import { createActivity } from './activity.ts';
import { choices } from './choices.ts';
import { considerations } from './considerations.ts';
import { createPriorityList } from './list.ts';
import { createNextProxy } from './next-proxy.ts';
import { defaults, type PriorityListParams } from './params.ts';
import { proxyFirst } from './proxy-first.ts';
import type { Flow } from './search.ts';
import { vmFirst } from './vm-first.ts';

const flows: Record<PriorityListParams['flow'], Flow> = { 'proxy-first': proxyFirst, 'vm-first': vmFirst };

const retries = (p: PriorityListParams) => p.retryInRound || !p.rounds;

export const priorityList = defineStrategy<PriorityListParams>({
  contract: 1,
  name: 'priority-list',
  summary:
    'VMs with the fewest eligible proxies first, then the largest; the least utilised proxy takes the first VM on the list whose storage is idle; lower access modes open round by round',
  source: 'US 9,563,514 (S:444-526); flow vm-first: US 10,148,780 claim 1, US 11,323,531',
  additions:
    'Every reading of what the text leaves open (the A-numbers in params.ts and choices.ts), among them: a VM is passed over at a score of 1; the threshold falls back each round; a VM on several devices has the score of the busiest. Ours outright: cap, scope, othersFirst, retryInRound, dropAfter, coordinatorMoves and the switches.',
  defaults,
  choices,
  considerations,
  workUnit: () => 'vm',
  keeps: (p) => [
    ...(p.limit ? (['proxy-limit'] as const) : []),
    ...(p.tiers && p.rounds ? (['best-tier-first'] as const) : []),
    ...(retries(p) ? [] : (['once-per-round'] as const)),
    ...(p.order && p.tieBreak && p.utilisation ? (['order-free'] as const) : []),
    ...(p.tie === 'random' ? [] : (['seed-free'] as const)),
  ],
  create({ params, rng, cluster, job, roles, trace }) {
    const list = createPriorityList(job, params, cluster.proxies.length);
    const activity = createActivity(params);
    const nextProxy = createNextProxy(params, { job, roles, rng });
    const search = { params, queues: list.queues, activity, nextProxy };

    const isDelayed = (view: View) =>
      cluster.proxies.some((p) => list.queues.ofProxy(p.id).length > 0 && nextProxy.servesLater(p.id, view));

    return {
      decide(view): Decision {
        const maySeeFailures = retries(params) && view.jobActive > 0;
        if (view.awaitingCount === 0) return { do: maySeeFailures ? 'wait' : 'end-round' };
        if (view.jobFree === 0) return { do: 'wait' }; // S:496
        const next = flows[params.flow](search, view);
        if (next === null) return { do: isDelayed(view) || maySeeFailures ? 'wait' : 'end-round' };
        trace(
          `tier ${job.tier(next.unit.id, next.proxy)}, threshold ${activity.thresholdOf(next.unit, next.proxy)}`,
        );
        activity.unitStarted();
        return { do: 'start', unit: next.unit.id, proxy: next.proxy };
      },
      notice(notice: Notice, view) {
        if (notice.type === 'round') {
          activity.roundBegan();
          list.build(notice.awaiting, view);
        } else if (notice.type === 'opened' && notice.job === job.id) list.started(notice.unit);
        else if (notice.type === 'failed') {
          nextProxy.failed(notice.proxy);
          if (notice.awaits) list.putBack(notice.unit, notice.proxy, view);
        }
      },
    };
  },
});
