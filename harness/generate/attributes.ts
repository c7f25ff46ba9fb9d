import type { Draws } from './draws.ts';
import type { Vm } from './family.ts';

type Attributes = Pick<Vm, 'guest' | 'priority' | 'poweredOn' | 'lastResult'>;

const guests = ['linux', 'linux', 'windows'];

/** What strategies may look at besides size and place [P]; switched on: domain.md 4.1. What is the default is left out. */
export function attributesOf(draws: Draws, key: string): Attributes {
  const urgency = draws.uniform('attributes', 'priority', key);
  const result = draws.uniform('attributes', 'last result', key);
  return {
    guest: guests[Math.floor(guests.length * draws.uniform('attributes', 'guest', key))]!,
    ...(urgency < 0.1 ? { priority: 'critical' } : urgency < 0.8 ? {} : { priority: 'low' }),
    ...(draws.uniform('attributes', 'power', key) < 0.95 ? {} : { poweredOn: false }),
    ...(result < 0.03 ? { lastResult: 'failed' } : result < 0.04 ? { lastResult: 'new' } : {}),
  };
}
