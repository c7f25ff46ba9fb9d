import { defineStrategy, type Decision, type Notice, type View } from '../../harness/model/strategy.ts';
import { choices } from './choices.ts';
import { considerations } from './considerations.ts';
import { createPriorityList } from './list.ts';
import { defaults, type PriorityListParams } from './params.ts';
import { proxyFirst } from './proxy-first.ts';
import { createSearch, type Flow, type Search } from './search.ts';
import { vmFirst } from './vm-first.ts';

const flows: Record<PriorityListParams['flow'], (search: Search) => Flow> = {
  'proxy-first': proxyFirst,
  'vm-first': vmFirst,
};

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
  create(setup) {
    const { params, job, trace } = setup;
    const search = createSearch(setup, () => flow);
    const { queues, score, activity, nextProxy } = search;
    const flow = flows[params.flow](search);
    const list = createPriorityList(job, params, queues);

    function isDelayed(view: View): boolean {
      for (const proxy of queues.groups.wanted()) if (nextProxy.servesLater(proxy, view)) return true;
      return false;
    }

    return {
      decide(view): Decision {
        const maySeeFailures = retries(params) && view.jobActive > 0;
        if (view.awaitingCount === 0) return { do: maySeeFailures ? 'wait' : 'end-round' };
        if (view.jobFree === 0) return { do: 'wait' }; // S:496
        const next = flow.find(view);
        if (next === null) return { do: isDelayed(view) || maySeeFailures ? 'wait' : 'end-round' };
        const { queue, proxy } = next;
        const unit = queue.first;
        trace(
          `tier ${job.tier(unit, proxy)}, activity threshold ${activity.thresholdOf(queue.devices, proxy)}`,
        );
        activity.began('start', view);
        return { do: 'start', unit, proxy };
      },
      notice(n: Notice, view) {
        nextProxy.notice(n, view);
        if (n.type === 'round') {
          activity.began('round', view);
          list.build(n.awaiting, view);
          flow.renewed(view);
        } else if (n.type === 'closed') queues.eased(score.holder, n[score.holder], view);
        else if (n.type === 'opened') {
          if (n.job === job.id) queues.remove(n.unit, view);
        } else if (n.type === 'failed' && n.awaits) list.putBack(n.unit, n.proxy, view);
      },
    };
  },
});
