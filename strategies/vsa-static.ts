import { limitPromise } from '../harness/kit/proxy-room.ts';
import { dealRuns, onLossChoices, workOffQueues } from '../harness/kit/static-queues.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const vsaStatic = defineStrategy<{
  readonly onLoss: (typeof onLossChoices)[number];
  readonly respectLimit: boolean;
}>({
  contract: 1,
  name: 'vsa-static',
  summary:
    'VMs by size cut into one run per proxy, as large as its share of free streams; each proxy works through its own run',
  source: 'prior load balancing of virtual server agents: claims of US 9,703,584, 10,474,483, 11,922,197',
  additions:
    'How bytes follow shares; shares taken anew each round; a VM that its proxy cannot reach goes to the next that can; whose turn it is; onLoss=redistribute; the limit over all jobs, which respectLimit=false leaves out.',
  defaults: { onLoss: 'lost', respectLimit: true },
  choices: { onLoss: onLossChoices },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'order-free', 'seed-free'],
  create: ({ params, job, cluster }) =>
    workOffQueues({ job, cluster }, { ...params, deal: (units, vsas) => dealRuns(job, units, vsas) }),
});
