import { join } from 'node:path';
import { robustnessOf, type RobustnessQuestion } from '../measure/robustness/robustness.ts';
import { robustnessTable } from '../measure/robustness/robustness-table.ts';
import { itemTableCsv } from '../report/item-csv.ts';
import { writeAtomic } from './atomic-write.ts';
import { robustnessFile } from './result-files.ts';
import { writeCells, writeChartFiles, type WriteSweep } from './sweep-results.ts';

/** Writes a sweep over assumptions as comparisons of strategies, and a chart of each. */
export const writeRobustness =
  (question: RobustnessQuestion): WriteSweep =>
  async (folder, parts) => {
    const tables = writeCells(folder, parts);
    const all = robustnessOf(parts, parts.sweep, question);
    const { columns, rows } = robustnessTable(all);
    writeAtomic(join(folder, robustnessFile), itemTableCsv(columns, rows));
    // vega takes a while to load: not before it is needed
    const { renderRobustness } = await import('../report/robustness/robustness-charts.ts');
    return [robustnessFile, ...tables, ...writeChartFiles(folder, await renderRobustness(all))];
  };
