import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kind, Row } from '../model/kind.ts';
import type { Caveats } from '../report/charts.ts';
import { writeAtomic, writing } from './atomic-write.ts';
import { makeFolder } from './make-folder.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';

export const chartsFolder = 'charts';

/** All charts are drawn into a folder beside, which then takes the place of the old one. */
export async function writeCharts(
  folder: string,
  plan: {
    readonly kind: Pick<Kind, 'charts' | 'strategies'>;
    readonly documents: readonly Pick<Plan['documents'][number], 'name' | 'caveats'>[];
  },
  rows: readonly Row[],
  progress: Pick<Progress, 'stage'>,
): Promise<boolean> {
  if (plan.kind.charts.length === 0) return false;
  // vega takes a while to load: not before it is needed
  const { renderCharts } = await import('../report/charts.ts');
  const caveats: Caveats = Object.fromEntries(plan.documents.map(({ name, caveats: said }) => [name, said]));
  const charts = await renderCharts(rows, plan.kind, caveats, (drawn, of) => {
    if (of > 1) progress.stage('charts of documents', drawn, of);
  });
  const old = join(folder, chartsFolder);
  const beside = join(folder, '.charts.tmp');
  writing(old, () => {
    rmSync(beside, { recursive: true, force: true });
    for (const { path, vl, svg } of charts) {
      const file = join(beside, path);
      makeFolder(dirname(file));
      writeAtomic(`${file}.vl.json`, vl);
      writeAtomic(`${file}.svg`, svg);
    }
    rmSync(old, { recursive: true, force: true });
    if (charts.length > 0) renameSync(join(beside, chartsFolder), old);
    rmSync(beside, { recursive: true, force: true });
  });
  return charts.length > 0;
}
