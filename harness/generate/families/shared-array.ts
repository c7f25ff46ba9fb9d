import type { Family } from '../family.ts';
import { hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const sharedArray: Family = {
  name: 'shared-array',
  question: 'many data stores on one device: who counts streams per device, and who only per data store?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'few large hybrid arrays under many data stores',
    halls: [
      { id: 'prod', share: 1, pools: [hybridArray({ id: 'array', readHours: 3.5, vmsPerDevice: 1000 })] },
    ],
    proxies: [
      {
        id: 'san',
        hall: 'prod',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 1 },
      },
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.2 } },
    ],
  }),
};
