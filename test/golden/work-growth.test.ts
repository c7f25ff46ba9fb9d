import { expect, it } from 'vitest';
import { growths, traceOf, workPerEvent } from '../scenes/growing-traces.ts';

// Ten times the flows cost at most eleven times the work, as long as no more of them run at once. Where more do, a change of
// one level reaches further: how much is in results/fluid/README.md, and here held to what it is.

it.each([
  { growth: growths[0], atMost: 1.1 },
  { growth: growths[1], atMost: 1.1 },
  { growth: growths[2], atMost: 4 },
])(
  'ten times the flows, $growth.name: an event takes at most $atMost times the work',
  ({ growth, atMost }) => {
    const [before, after] = [1, 10].map((k) => workPerEvent(traceOf(growth.sizeOf(k))).all) as [
      number,
      number,
    ];
    expect(after / before).toBeLessThanOrEqual(atMost);
    expect(after / before).toBeGreaterThan(atMost / 4); // far less is good news, and lowers it
  },
);
