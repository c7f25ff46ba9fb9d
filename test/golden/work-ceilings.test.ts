import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../architecture/sources.ts';
import { workloads, type Counts } from '../scenes/counted-work.ts';

// A change that makes more work is seen here, on any machine, before a clock would tell. GOLDEN=update writes the counts anew.
const path = join(root, 'fixtures/work-ceilings.json');
const isUpdate = process.env['GOLDEN'] === 'update';
const up = (n: number) => Math.ceil(n * 1000) / 1000;

describe('counted work', () => {
  const counted = Object.fromEntries(Object.entries(workloads).map(([name, count]) => [name, count()]));
  const rounded = Object.fromEntries(
    Object.entries(counted).map(([name, counts]) => [
      name,
      Object.fromEntries(Object.entries(counts).map(([what, n]) => [what, up(n)])),
    ]),
  );
  if (isUpdate) writeFileSync(path, `${JSON.stringify(rounded, null, 2)}\n`);
  const ceilings = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Counts>;

  it('has a ceiling each', () => {
    const names = (of: Readonly<Record<string, Counts>>) =>
      Object.entries(of).flatMap(([name, counts]) => Object.keys(counts).map((what) => `${name}: ${what}`));
    expect(names(counted).toSorted()).toEqual(names(ceilings).toSorted());
  });

  it.each(Object.keys(ceilings))('of %s stays under it, and not far', (name) => {
    for (const [what, ceiling] of Object.entries(ceilings[name]!)) {
      const n = counted[name]?.[what];
      expect(n, what).toBeLessThanOrEqual(ceiling);
      // Less work is good news, and lowers the ceiling.
      expect(n, `${what}: lower the ceiling`).toBeGreaterThanOrEqual(0.9 * ceiling);
    }
  });
});
