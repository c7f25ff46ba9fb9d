import type { Family } from '../family.ts';
import { flashArray, hybridArray, physicalCpus, virtualCpus } from '../pools.ts';

export const mixedHypervisor: Family = {
  name: 'mixed-hypervisor',
  question: 'a few proxies suit both hypervisors, most only one: are the few kept for those who need them?',
  nights: 'both',
  sketch: ({ vms }) => ({
    about: 'VMware and KVM at one site; KVM has few proxies of its own and some that suit both',
    halls: [
      {
        id: 'esx',
        share: 0.7,
        pools: [flashArray({ vmShare: 0.3 }), hybridArray({ vmShare: 0.7, isUnzoned: true })],
      },
      { id: 'kvm', share: 0.3, pools: [hybridArray({ id: 'bronze' })], server: { hypervisor: 'kvm' } },
    ],
    proxies: [
      { id: 'esx-vm', hall: 'esx', is: 'virtual', cpus: virtualCpus(vms), size: { coreShare: 0.6 } },
      {
        id: 'kvm-vm',
        hall: 'kvm',
        is: 'virtual',
        cpus: [2, 4],
        size: { coreShare: 0.15 },
        fields: { hypervisors: ['kvm'] },
      },
      {
        id: 'both',
        hall: 'esx',
        is: 'physical',
        san: true,
        cpus: physicalCpus(vms),
        size: { coreShare: 0.45 },
        fields: { hypervisors: ['vmware', 'kvm'] },
      },
    ],
  }),
};
