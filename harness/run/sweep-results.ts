import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../kit/canonical.ts';
import type { Sweep } from '../kit/sweep.ts';
import type { Outcome, Row } from '../model/kind.ts';
import { costCsv, trialsCsv } from '../report/csv.ts';
import { summarise } from '../report/sweep/summarise.ts';
import { sweepCsv } from '../report/sweep/sweep-csv.ts';
import { writeAtomic, writing } from './atomic-write.ts';
import type { Entry } from './journal.ts';
import { makeFolder } from './make-folder.ts';
import type { Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import { sweepFile, trialsFile } from './result-files.ts';
import { chartsFolder } from './write-charts.ts';

/** The sweep of a plan along axes; null = it is a run. */
export const sweepOf = ({ sweep }: Plan): Sweep | null =>
  sweep !== undefined && sweep.axes.length > 0 ? sweep : null;

/** A sweep keeps less of its cells than a run: the two have journals of their own. */
export const journalFile = (plan: Plan): string =>
  sweepOf(plan) === null ? 'journal.ndjson' : 'sweep.ndjson';

/** Of thousands of cells their numbers are kept: no per-item table, nothing for charts of one document. */
export const lean = (pool: Pool): Pool => ({
  ...pool,
  async compute(cell) {
    const computed = await pool.compute(cell);
    const outcome = { ...(JSON.parse(computed.outcome) as Outcome), series: {} };
    return { ...computed, outcome: canonicalJson(outcome), items: '' };
  },
});

/** @returns names of what was written. @throws {WriteError} */
export async function writeSweep(
  folder: string,
  {
    plan,
    sweep,
    entries,
    rows,
  }: { plan: Plan; sweep: Sweep; entries: readonly Entry[]; rows: readonly Row[] },
): Promise<readonly string[]> {
  const { kind } = plan;
  const costs = entries.map(({ document, spec, cost }) => ({ document, ...spec, cost }));
  writeAtomic(join(folder, trialsFile), trialsCsv(rows, kind));
  writeAtomic(join(folder, 'cost.csv'), costCsv(costs));
  const summaries = summarise(sweep, rows, kind.metrics);
  writeAtomic(join(folder, sweepFile), sweepCsv(summaries, sweep, kind.metrics));
  // vega takes a while to load: not before it is needed
  const { renderSweep } = await import('../report/sweep/sweep-charts.ts');
  const charts = await renderSweep(summaries, sweep, kind);
  writing(join(folder, chartsFolder), () =>
    rmSync(join(folder, chartsFolder), { recursive: true, force: true }),
  );
  for (const { path, vl, svg } of charts) {
    const file = join(folder, path);
    makeFolder(join(file, '..'));
    writeAtomic(`${file}.vl.json`, vl);
    writeAtomic(`${file}.svg`, svg);
  }
  return [sweepFile, trialsFile, 'cost.csv', ...(charts.length > 0 ? [`${chartsFolder}/`] : [])];
}
