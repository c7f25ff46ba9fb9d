import { createUsableProxies, limitPromise } from '../harness/kit/proxy-room.ts';
import { serveOnRequest } from '../harness/kit/pull-list.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const vsaPull = defineStrategy<{ readonly respectLimit: boolean }>({
  contract: 1,
  name: 'vsa-pull',
  summary:
    'VMs that only one proxy reaches are its own; the others wait in one list; a proxy with a free stream asks, and gets its own VMs first, then the highest on the list that it reaches',
  source: 'vendor documentation of virtual server agents: VM dispatch and proxy selection',
  additions:
    'The list is in input order; a proxy asks for each VM of the job that ends there, first come first served, and where none asks the one served longest ago may have more; no limit of streams per data store; own VMs of a lost proxy wait for the next round; the stream limit, which respectLimit=false leaves out.',
  defaults: { respectLimit: true },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create({ params, job, cluster }) {
    const usable = createUsableProxies(job);
    return serveOnRequest(
      { job, cluster },
      {
        respectLimit: params.respectLimit,
        alike: (unit) => `${unit.reach}`,
        proxiesOf: (unit) => usable(unit.reach),
      },
    );
  },
});
