import type { Consideration } from '../../harness/model/kind.ts';
import type { PriorityListParams } from './params.ts';

/** What the method weighs; each has a switch. */
export const considerations: readonly (Consideration & { parameter: keyof PriorityListParams })[] = [
  { parameter: 'limit', what: 'a limit of streams per proxy', source: 'S:464' },
  { parameter: 'tiers', what: 'the best access mode first, round by round', source: 'S:492' },
  { parameter: 'order', what: 'VMs with the fewest eligible proxies first', source: 'S:474' },
  { parameter: 'tieBreak', what: 'then the largest VMs', source: 'S:480' },
  { parameter: 'utilisation', what: 'the least utilised proxy next', source: 'S:526' },
  { parameter: 'activity', what: 'VMs on busy data stores are passed over', source: 'S:506' },
  { parameter: 'rounds', what: 'failed VMs wait for the next round', source: 'S:452-454' },
];
