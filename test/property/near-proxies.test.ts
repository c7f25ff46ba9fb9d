import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { createAccess } from '../../harness/night/access.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { drawnDocument } from '../scenes/drawn-document.ts';

// Facts ask only proxies near a VM for their tier. Here all are asked.
it('no proxy with a path to a VM is missing from those near it, and facts say the same of every pair', () => {
  const drawn = fc.tuple(
    drawnDocument({ overheads: false, faults: false, windows: false }),
    fc.boolean(),
    fc.constantFrom(...(['vm', 'disk'] as const)),
  );
  fc.assert(
    fc.property(drawn, ([input, isLinked, workUnit]) => {
      const written = isLinked ? input : { ...input, links: [] };
      const night = compileNight(acceptDocument(written, 'drawn'), { clusterSeed: 1, nightSeed: 1 });
      const access = createAccess(night);
      for (const { id } of night.jobs) {
        const facts = night.jobFacts(id, workUnit);
        for (const { id: unit, server, stores, reach } of facts.units)
          for (const { id: proxy } of night.proxies) {
            const tier = access.tier(server, stores, proxy);
            if (tier > 0) expect(access.near(server, stores)).toContain(proxy);
            expect(facts.tier(unit, proxy)).toBe(facts.agentsOf(proxy).length > 0 ? tier : 0);
            for (const t of [1, 2, 3, 4] as const)
              expect(facts.candidates(reach, t).includes(proxy)).toBe(facts.tier(unit, proxy) === t);
          }
      }
    }),
    { numRuns: 100 },
  );
});
