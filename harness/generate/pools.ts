import type { Pool } from './family.ts';

// Storage that several families share. Each device is as fast as its VMs ask for: speeds lie between what is sold (domain.md
// section 7: 300 to 8,000 MB/s), and no size of estate is short of devices by accident of rounding.

type Fields = Partial<Pool>;

export const flashArray = (fields: Fields = {}): Pool => ({
  id: 'gold',
  media: 'flash',
  attachment: 'san',
  vmShare: 1,
  readHours: 3,
  vmsPerDevice: 450,
  ...fields,
});

export const hybridArray = (fields: Fields = {}): Pool => ({
  id: 'silver',
  media: 'hybrid',
  attachment: 'san',
  vmShare: 1,
  readHours: 3,
  vmsPerDevice: 150,
  ...fields,
});

/**
 * CPUs of virtual proxies (domain.md section 7: 4), smaller in small estates, which else had one proxy or two. With 8 a cluster
 * had but one or two, and HotAdds, one after another on each, would decide by accident.
 */
export const virtualCpus = (vms: number): readonly number[] => (vms < 800 ? [2, 2, 4] : [4]);
export const physicalCpus = (vms: number): readonly number[] =>
  vms < 800 ? [4] : vms < 3000 ? [8] : [8, 16];
