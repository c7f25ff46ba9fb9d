import type { Strategy } from '../harness/model/strategy.ts';
import { leastLoaded } from './least-loaded.ts';
import { lpt } from './lpt.ts';
import { powerOfTwo } from './power-of-two.ts';
import { priorityList } from './priority-list/index.ts';
import { random } from './random.ts';
import { roundRobin } from './round-robin.ts';
import { vsaStatic } from './vsa-static.ts';

/** Every strategy, in the order in which tables and legends show them. */
export const strategies: readonly Strategy[] = [
  priorityList,
  roundRobin,
  leastLoaded,
  vsaStatic,
  random,
  powerOfTwo,
  lpt,
];
