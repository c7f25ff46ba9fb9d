import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../kit/canonical.ts';
import type { Sweep } from '../kit/sweep.ts';
import type { Outcome, Row } from '../model/kind.ts';
import type { ChartFile } from '../report/charts.ts';
import { costCsv, trialsCsv } from '../report/csv.ts';
import { summarise } from '../report/sweep/summarise.ts';
import { sweepCsv } from '../report/sweep/sweep-csv.ts';
import { writeAtomic, writing } from './atomic-write.ts';
import { noItems } from './items.ts';
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
    return { ...computed, outcome: canonicalJson(outcome), items: noItems };
  },
});

/** A sweep that was run to its end. */
export interface SweepParts {
  readonly plan: Plan;
  readonly sweep: Sweep;
  readonly entries: readonly Entry[];
  readonly rows: readonly Row[];
  /** of shaken copies */
  readonly shaken: readonly Row[];
}

/** @returns names of what was written. @throws {WriteError} */
export type WriteSweep = (folder: string, parts: SweepParts) => Promise<readonly string[]>;

export const writeSweep: WriteSweep = async (folder, parts) => {
  const { plan, sweep, rows } = parts;
  const { kind } = plan;
  const tables = writeCells(folder, parts);
  const summaries = summarise(sweep, rows, kind.metrics);
  writeAtomic(join(folder, sweepFile), sweepCsv(summaries, sweep, kind));
  // vega takes a while to load: not before it is needed
  const { renderSweep } = await import('../report/sweep/sweep-charts.ts');
  const charts = writeChartFiles(folder, await renderSweep(summaries, sweep, kind));
  return [sweepFile, ...tables, ...charts];
};

/** What all sweeps keep of their cells. @returns names */
export function writeCells(folder: string, { plan, entries, rows }: SweepParts): readonly string[] {
  const costs = entries.map(({ document, spec, cost }) => ({ document, ...spec, cost }));
  writeAtomic(join(folder, trialsFile), trialsCsv(rows, plan.kind));
  writeAtomic(join(folder, 'cost.csv'), costCsv(costs));
  return [trialsFile, 'cost.csv'];
}

/** Instead of what charts there are. @returns names */
export function writeChartFiles(folder: string, charts: readonly ChartFile[]): readonly string[] {
  writing(join(folder, chartsFolder), () =>
    rmSync(join(folder, chartsFolder), { recursive: true, force: true }),
  );
  for (const { path, vl, svg } of charts) {
    const file = join(folder, path);
    makeFolder(join(file, '..'));
    writeAtomic(`${file}.vl.json`, vl);
    writeAtomic(`${file}.svg`, svg);
  }
  return charts.length > 0 ? [`${chartsFolder}/`] : [];
}
