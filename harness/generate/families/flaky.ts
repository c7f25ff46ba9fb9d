import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const flaky: Family = {
  name: 'flaky',
  question: 'things fail: who runs into a proxy that fails at once, and who finds another way?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about:
      'an outage of a proxy and of a media agent, a device that is slow for two hours, broken paths, and a proxy that fails everything at once',
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
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.6 } },
      { id: 'black-hole', hall: 'prod', is: 'virtual', cpus: [4], size: { coreShare: 0 } },
    ],
    faults: {
      rates: { attempt: 0.08, vmBroken: 0.003, vmProxyPath: 0.01, proxyDevicePath: 0.03, serverHour: 0.01 },
    },
    namedFaults: ({ proxies, devices, agents }) => ({
      outages: [
        { proxy: proxies('hotadd')[0]!, from: '22:40', to: '00:30' },
        ...(agents.length > 1 ? [{ agent: agents.at(-1)!, from: '23:00', to: '23:45' }] : []),
      ],
      slowdowns: [{ device: devices('silver')[0]!, from: '00:00', to: '02:00', factor: 0.5 }],
      broken: [{ proxy: proxies('black-hole')[0]! }],
    }),
  }),
};
