import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const oneGiant: Family = {
  name: 'one-giant',
  question: 'the longest VM outlasts everything else, by design: who starts it in time, by the fastest way?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'sizes up to 30 TiB, as estates have them: the longest VM alone sets the makespan',
    sizeCapGiB: 30 * 1024,
    halls: [
      {
        id: 'prod',
        share: 1,
        pools: [flashArray({ vmShare: 0.6 }), hybridArray({ vmShare: 0.4, isUnzoned: true })],
      },
    ],
    proxies: [
      {
        id: 'san',
        hall: 'prod',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.6 },
      },
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.5 } },
    ],
  }),
};
