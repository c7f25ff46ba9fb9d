import type { Strategy } from '../harness/model/strategy.ts';
import { commvaultDocumented } from './commvault-documented.ts';
import { leastLoaded } from './least-loaded.ts';
import { lpt } from './lpt.ts';
import { powerOfTwo } from './power-of-two.ts';
import { priorityList } from './priority-list/index.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import { vsaGrouped } from './vsa-grouped.ts';
import { vsaPull } from './vsa-pull.ts';
import { vsaReuse } from './vsa-reuse.ts';
import { vsaStatic } from './vsa-static.ts';
import { vsaStreams } from './vsa-streams.ts';

/** Every strategy, in the order in which tables and legends show them. */
export const strategies: readonly Strategy[] = [
  priorityList,
  roundRobin,
  leastLoaded,
  vsaStatic,
  vsaStreams,
  vsaGrouped,
  vsaPull,
  vsaReuse,
  commvaultDocumented,
  lpt,
  powerOfTwo,
  random,
];
