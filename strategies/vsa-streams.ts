import { pickMin } from '../harness/kit/pick.ts';
import { limitPromise } from '../harness/kit/proxy-room.ts';
import { createPlacesOf, onLossChoices, workOffQueues } from '../harness/kit/static-queues.ts';
import { defineStrategy } from '../harness/model/strategy.ts';

export const vsaStreams = defineStrategy<{
  readonly onLoss: (typeof onLossChoices)[number];
  readonly respectLimit: boolean;
}>({
  contract: 1,
  name: 'vsa-streams',
  summary:
    'VMs in input order, each dealt when the round begins to the proxy with the fewest VMs so far per free stream; each proxy works through its own',
  source:
    'prior load balancing of virtual server agents: claims of US 9,977,687, 10,896,053 (VMs by streams, sizes left aside)',
  additions:
    'The rule itself is our reading of what the claims allow; streams counted anew each round; only proxies that reach the VM; ties to the lowest id; whose turn it is; onLoss=redistribute; the limit over all jobs, which respectLimit=false leaves out.',
  defaults: { onLoss: 'lost', respectLimit: true },
  choices: { onLoss: onLossChoices },
  workUnit: () => 'vm',
  keeps: (p) => [...limitPromise(p.respectLimit), 'once-per-round', 'seed-free'],
  create: ({ params, job, cluster }) =>
    workOffQueues(
      { job, cluster },
      {
        ...params,
        deal(units, vsas) {
          const placesOf = createPlacesOf(job, vsas);
          const assigned = new Uint32Array(vsas.length);
          const byId = (place: number) => vsas[place]!.proxy;
          return units.flatMap((unit) => {
            const place = pickMin(
              placesOf(job.units[unit]!.reach),
              (k) => assigned[k]! / vsas[k]!.free,
              byId,
            );
            if (place === null) return [];
            assigned[place]!++;
            return [{ unit, proxy: vsas[place]!.proxy }];
          });
        },
      },
    ),
});
