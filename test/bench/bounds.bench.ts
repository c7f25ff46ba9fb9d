import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { strategies } from '../../strategies/index.ts';
import { families } from '../../harness/generate/families.ts';
import { nightsOf, type Family } from '../../harness/generate/family.ts';
import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { parseAsk } from '../../harness/generate/parse-ask.ts';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { loadSolver } from '../../harness/kinds/solve-program.ts';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import { bestNightOf } from '../../harness/measure/best-night.ts';
import type { SolveProgram } from '../../harness/measure/bounds.ts';
import { makespanOf } from '../../harness/measure/makespan.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import type { Night } from '../../harness/model/night.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { csvOf } from '../../harness/report/csv-text.ts';
import { median, say } from './figures.ts';

// How far the bounds may be from the best night, on families of usual size: no strategy is below the bound, and the best
// night is no longer than that of the best strategy. Nothing is timed: the same bytes on any machine.

const vms = Number(process.env['VMS'] ?? 300);
const clusters = Number(process.env['CLUSTERS'] ?? 2);
const folder = new URL('../../results/bounds/', import.meta.url);

const columns = [
  'family',
  'night',
  'vms',
  'cluster_seed',
  'bound_s',
  'bound_without_programme_s',
  'bound_limits_kept_s',
  'bound_set_by',
  'best_makespan_s',
  'best_strategy',
  'best_over_bound',
] as const;

/** Without faults and with a window that does not end, so that every strategy protects all VMs. */
function calmNight(family: Family, night: string, clusterSeed: number): Night {
  const estate = generateEstate(family, { ...parseAsk(family, { vms, night }), clusterSeed });
  const jobs = estate.jobs.map((job) => ({ ...job, window: { hours: 72, atEnd: 'finish' as const } }));
  const document = acceptDocument({ ...estate, vms: [...estate.vms], jobs, faults: {} }, estate.name);
  return compileNight(document, { clusterSeed, nightSeed: 1 });
}

function bestOf(night: Night): { strategy: string; makespanS: number } {
  const ends = strategies.flatMap((strategy) => {
    const params = resolveParams(strategy, {});
    const record = simulateNight({ night, strategy, params, seedText: `1|${strategy.name}` });
    const makespanS = makespanOf(night, record);
    return makespanS === null ? [] : [{ strategy: strategy.name, makespanS }];
  });
  return ends.reduce((best, end) => (end.makespanS < best.makespanS ? end : best));
}

test(`bounds of families of ${vms} VMs, beside the best of all strategies`, async () => {
  const solve: SolveProgram | null = await loadSolver();
  const rows: (string | number | null)[][] = [];
  say('family | night | bound, h | best, h | best strategy | best / bound, by cluster | what binds');
  for (const family of families)
    for (const kind of nightsOf(family)) {
      const own = Array.from({ length: clusters }, (_, i) => {
        const night = calmNight(family, kind, i + 1);
        return {
          clusterSeed: i + 1,
          ...bestOf(night),
          bounds: bestNightOf(night, solve),
          simple: bestNightOf(night, null),
        };
      });
      for (const { clusterSeed, strategy, makespanS, bounds, simple } of own) {
        expect(makespanS).toBeGreaterThanOrEqual(bounds.bestS * (1 - 1e-9));
        rows.push([
          family.name,
          kind,
          vms,
          clusterSeed,
          bounds.bestS,
          simple.bestS,
          bounds.kept.bestS,
          bounds.binding,
          makespanS,
          strategy,
          makespanS / bounds.bestS,
        ]);
      }
      const ratios = own.map(({ makespanS, bounds }) => makespanS / bounds.bestS);
      const hours = (list: readonly number[]) => (median(list) / 3600).toFixed(2);
      say(
        [
          family.name,
          kind,
          hours(own.map((o) => o.bounds.bestS)),
          hours(own.map((o) => o.makespanS)),
          own[0]!.strategy,
          ratios.map((r) => r.toFixed(2)).join(' '),
          own[0]!.bounds.binding,
        ].join(' | '),
      );
    }
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`families-${vms}.csv`, folder), csvOf([[...columns], ...rows]));
});
