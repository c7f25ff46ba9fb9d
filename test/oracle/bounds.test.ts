import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSolver } from '../../harness/kinds/solve-program.ts';
import { boundsOf } from '../../harness/measure/bounds.ts';
import { wideBounds } from '../../harness/measure/bounds/wide.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { drawnDocument, type DrawnParts, type DrawnSizes } from '../scenes/drawn-document.ts';
import { bestNight } from './best-night.ts';

// No bound is above the best night that trying everything finds, on tiny nights with all that the model has.
// The long form: ORACLE_NIGHTS=10000 npm run oracle:bounds; ORACLE_SEED draws others.

const nights = Number(process.env['ORACLE_NIGHTS'] ?? 200);
const seed = Number(process.env['ORACLE_SEED'] ?? 7);
const isLong = nights >= 1000;
const mostRuns = isLong ? 400 : 40;

const calm: DrawnParts = { overheads: true, faults: false, windows: false };
const bare: DrawnParts = { ...calm, overheads: false };
const sizes = (vms: number, disks: number): DrawnSizes => ({ devices: 2, proxies: 2, vms, disks, jobs: 2 });
const two = sizes(2, 1);

const drawnInput = isLong
  ? fc.oneof(
      { weight: 4, arbitrary: drawnDocument(calm, two) },
      { weight: 2, arbitrary: drawnDocument(bare, two) },
      { weight: 2, arbitrary: drawnDocument({ ...calm, faults: true }, two) },
      { weight: 2, arbitrary: drawnDocument(calm, sizes(1, 3)) },
      { weight: 1, arbitrary: drawnDocument(calm, sizes(2, 2)) },
      { weight: 1, arbitrary: drawnDocument(bare, sizes(3, 1)) },
    )
  : fc.oneof(
      drawnDocument(calm, two),
      drawnDocument({ ...calm, faults: true }, two),
      drawnDocument(calm, sizes(1, 2)),
    );

const drawn = fc.record({
  input: drawnInput,
  workUnit: fc.constantFrom('vm' as const, 'disk' as const),
  keepLimits: fc.constantFrom(false, false, true),
  nightSeed: fc.integer({ min: 1, max: 1000 }),
});

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

test(
  `no bound is above the best of ${nights} tiny nights`,
  async () => {
    const solve = await loadSolver();
    expect(solve).not.toBeNull();
    const seen = { complete: 0, exhaustive: 0, runs: 0 };
    const tightness: number[] = [];
    const binding = new Map<string, number>();
    fc.assert(
      fc.property(drawn, ({ input, workUnit, keepLimits, nightSeed }) => {
        const night = compileNight(acceptDocument(input, 'drawn'), { clusterSeed: 1, nightSeed });
        const { makespanS, runs, isExhaustive } = bestNight(night, { workUnit, keepLimits, mostRuns });
        seen.runs += runs;
        if (makespanS === null) return;
        seen.complete++;
        if (isExhaustive) seen.exhaustive++;
        const { all } = boundsOf(night, workUnit, { solve, keepLimits });
        const wide = wideBounds(night)[keepLimits ? 'kept' : 'any'];
        for (const bound of [...all, ...wide])
          expect(bound.seconds, `${bound.name}: ${bound.what}`).toBeLessThanOrEqual(
            makespanS + 1e-9 * Math.max(1, makespanS),
          );
        const [best] = all;
        if (best === undefined || makespanS === 0 || !isExhaustive) return;
        tightness.push(best.seconds / makespanS);
        binding.set(best.name, (binding.get(best.name) ?? 0) + 1);
      }),
      { numRuns: nights, seed, endOnFailure: isLong },
    );
    if (isLong)
      process.stdout.write(
        `${JSON.stringify({ ...seen, compared: tightness.length, medianTightness: median(tightness), reached: tightness.filter((t) => t > 1 - 1e-6).length, binding: [...binding] })}\n`,
      );
    expect(seen.exhaustive).toBeGreaterThan(nights / 2);
    expect(median(tightness)).toBeGreaterThan(0.7);
  },
  24 * 3600 * 1000,
);
