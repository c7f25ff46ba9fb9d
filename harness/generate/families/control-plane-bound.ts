import type { Family } from '../family.ts';
import { flashArray } from '../pools.ts';

export const controlPlaneBound: Family = {
  name: 'control-plane-bound',
  question:
    'little data, but every HotAdd waits for its proxy and its management server: who spreads the starts?',
  nights: 'incremental',
  sketch: ({ vms }) => ({
    about:
      'an incremental night by HotAdd alone, with fewer proxies than usual: reconfigurations queue, bytes do not',
    halls: [{ id: 'prod', share: 1, pools: [flashArray()] }],
    proxies: [
      { id: 'hotadd', hall: 'prod', is: 'virtual', cpus: vms < 800 ? [2, 4] : [4], size: { coreShare: 0.8 } },
    ],
    vmsPerManager: 1000,
  }),
};
