import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const hotDatastore: Family = {
  name: 'hot-datastore',
  question: 'half of the VMs lie on one kind of device, which slows down under many streams: who spares it?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'half of the VMs on arrays of hard disks, read over the SAN; half on flash, read by HotAdd',
    halls: [
      {
        id: 'plant',
        share: 1,
        pools: [
          hybridArray({
            id: 'hot',
            media: 'hdd',
            vmShare: 0.5,
            storeShare: 0.4,
            readHours: 2.5,
            vmsPerDevice: 800,
          }),
          flashArray({ id: 'cool', vmShare: 0.5, storeShare: 0.6, isUnzoned: true }),
        ],
      },
    ],
    proxies: [
      {
        id: 'san',
        hall: 'plant',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.5 },
      },
      { id: 'hotadd', hall: 'plant', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.6 } },
    ],
  }),
};
