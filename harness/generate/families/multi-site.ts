import type { Family, Hall } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

const branches = ['north', 'east', 'south'];
const branchShare = 0.12;

export const multiSite: Family = {
  name: 'multi-site',
  question: 'branches reach the media agents over links: who stays near, and what crosses a link unreduced?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'headquarters and three branches, each with a small proxy; the media agents stand at headquarters',
    sites: ['hq', ...branches],
    // bytes cross reduced to a half in five hours
    links: branches.map((branch) => ({ between: ['hq', branch], MBpsPerVm: branchShare * 3.7 })),
    halls: [
      {
        id: 'hq',
        share: 1 - branches.length * branchShare,
        pools: [flashArray({ vmShare: 0.5 }), hybridArray({ vmShare: 0.5, isUnzoned: true })],
      },
      ...branches.map((site): Hall => ({
        id: site,
        site,
        share: branchShare,
        pools: [hybridArray({ id: 'filer', attachment: 'nas' })],
      })),
    ],
    proxies: [
      {
        id: 'hq-san',
        hall: 'hq',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.3 },
      },
      { id: 'hq-vm', hall: 'hq', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.4 } },
      ...branches.map((site) => ({
        id: `${site}-vm`,
        hall: site,
        is: 'virtual' as const,
        cpus: virtualCpus(vms * branchShare),
        size: { coreShare: branchShare },
      })),
    ],
  }),
};
