import type { JobFacts } from '../model/facts.ts';
import { serviceEntities, type Notice } from '../model/strategy.ts';
import type { Counters } from './counters.ts';
import type { Shared } from './shared.ts';
import { streamOf } from './stream-notices.ts';
import type { UnitsState } from './units-state.ts';

const groups = {
  proxy: 'proxies',
  device: 'devices',
  store: 'stores',
  server: 'servers',
  agent: 'agents',
} as const satisfies Record<(typeof serviceEntities)[number], keyof Counters>;

/** What a decider finds when it begins, after others or in the place of a lost one; null = nothing. */
export function inheritedOf(shared: Shared, facts: JobFacts, units: UnitsState): Notice | null {
  const streams = shared.underWay().map(streamOf);
  const attempts = facts.units
    .map((u) => ({ unit: u.id, attempts: units.attemptsOf(u.id) }))
    .filter((a) => a.attempts > 0);
  const outOfService = serviceEntities.flatMap((entity) =>
    [...shared.counters[groups[entity]].inService.entries()]
      .filter(([, inService]) => inService === 0)
      .map(([id]) => ({ entity, id })),
  );
  if (streams.length + attempts.length + outOfService.length === 0) return null;
  return Object.freeze({ type: 'inherited', streams, attempts, outOfService });
}
