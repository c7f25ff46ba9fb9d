import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const twoJobs: Family = {
  name: 'two-jobs',
  question: 'two jobs with coordinators of their own share proxies and devices: do they tread on each other?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about:
      'production and test, each with a job and a coordinator; test starts half an hour later, on the same proxies',
    halls: [
      {
        id: 'prod',
        share: 0.6,
        pools: [flashArray({ vmShare: 0.6 }), hybridArray({ vmShare: 0.4, isUnzoned: true })],
      },
      { id: 'test', share: 0.4, pools: [hybridArray({ id: 'bronze', isUnzoned: true })] },
    ],
    proxies: [
      {
        id: 'san',
        hall: 'prod',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.4 },
      },
      { id: 'prod-vm', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.4 } },
      { id: 'test-vm', hall: 'test', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.45 } },
    ],
    jobs: [
      { id: 'production', streamShare: 0.7, halls: ['prod'], coordinatedBy: 'prod-vm', priority: 1 },
      { id: 'test', streamShare: 0.5, halls: ['test'], coordinatedBy: 'test-vm', start: '22:30' },
    ],
  }),
};
