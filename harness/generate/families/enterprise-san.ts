import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const enterpriseSan: Family = {
  name: 'enterprise-san',
  question: 'each half of the VMs has its best way, and none is scarce: who keeps all proxies busy by it?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about:
      'a data centre: half of the VMs on arrays that SAN proxies see, half on arrays that only HotAdd reads well; a few LAN proxies',
    halls: [
      {
        id: 'prod',
        share: 1,
        pools: [flashArray({ vmShare: 0.5 }), hybridArray({ vmShare: 0.5, isUnzoned: true })],
      },
    ],
    proxies: [
      {
        id: 'san',
        hall: 'prod',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.5 },
      },
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.5 } },
      { id: 'lan', hall: 'prod', is: 'physical', cpus: physicalCpus(vms), size: { coreShare: 0.15 } },
    ],
  }),
};
