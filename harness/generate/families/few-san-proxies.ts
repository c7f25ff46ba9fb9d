import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus } from '../pools.ts';

export const fewSanProxies: Family = {
  name: 'few-san-proxies',
  question: 'the best tier is scarce: when is the next one opened, and do others idle until then?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about:
      'every VM is on the SAN, which a tenth of the cores sees; the rest reads over the LAN, a little by HotAdd',
    halls: [{ id: 'prod', share: 1, pools: [flashArray({ vmShare: 0.5 }), hybridArray({ vmShare: 0.5 })] }],
    proxies: [
      { id: 'san', hall: 'prod', is: 'physical', san: true, cpus: [2, 4], size: { coreShare: 0.1 } },
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: [2], size: { coreShare: 0.1 } },
      { id: 'lan', hall: 'prod', is: 'physical', cpus: physicalCpus(vms), size: { coreShare: 0.9 } },
    ],
  }),
};
