import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const enterpriseSan: Family = {
  name: 'enterprise-san',
  question: 'nothing is scarce by itself: is it better to wait for the best way, or to take the next one?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about:
      'a data centre with SAN arrays; a quarter of the cores on the SAN, half HotAdd, a quarter over the LAN',
    halls: [{ id: 'prod', share: 1, pools: [flashArray({ vmShare: 0.6 }), hybridArray({ vmShare: 0.4 })] }],
    proxies: [
      {
        id: 'san',
        hall: 'prod',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.25 },
      },
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.5 } },
      { id: 'lan', hall: 'prod', is: 'physical', cpus: physicalCpus(vms), size: { coreShare: 0.25 } },
    ],
  }),
};
