import type { Family } from '../family.ts';
import { hybridArray, physicalCpus } from '../pools.ts';

export const nasLan: Family = {
  name: 'nas-lan',
  question: 'all bytes go over the LAN and all proxies are alike to all VMs: what is left to decide?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'NAS filers and physical proxies on a fast LAN: one access mode for all',
    halls: [
      {
        id: 'lan',
        share: 1,
        pools: [hybridArray({ id: 'filer', attachment: 'nas', readHours: 3.5, vmsPerDevice: 250 })],
        server: { networkReadMBps: 500 },
      },
    ],
    proxies: [
      { id: 'mover', hall: 'lan', is: 'physical', cpus: physicalCpus(vms), size: { coreShare: 0.85 } },
    ],
    // at the usual 100 MB/s a VM of 4 TiB alone would fill the window; 150 is the upper end of what is reported
    streamCaps: { networkMBps: 150 },
  }),
};
