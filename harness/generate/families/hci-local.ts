import type { Family } from '../family.ts';

export const hciLocal: Family = {
  name: 'hci-local',
  question: 'every VM has one near proxy, and bytes lie unevenly: when does it pay to read from afar?',
  nights: 'both',
  sketch: () => ({
    about: 'disks inside the servers and a small proxy on each: local there, over the network from elsewhere',
    // more the disks of a server do not hold; at 4 TiB the longest VM alone would decide
    sizeCapGiB: 2048,
    halls: [
      {
        id: 'node',
        share: 1,
        pools: [{ id: 'ssd', media: 'flash', attachment: 'internal', vmShare: 1, readHours: 1 }],
      },
    ],
    proxies: [{ id: 'near', hall: 'node', is: 'virtual', cpus: [2], size: 'each-server' }],
  }),
};
