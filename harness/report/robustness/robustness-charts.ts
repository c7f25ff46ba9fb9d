import type { Robustness } from '../../measure/robustness/robustness.ts';
import { safeSegments, type ChartFile } from '../charts.ts';
import { renderChart } from '../render.ts';
import { tornado } from './tornado.ts';

/** A chart for each pair, metric and document. */
export async function renderRobustness(all: readonly Robustness[]): Promise<ChartFile[]> {
  const names = safeSegments(all.map(({ document, metric, a, b }) => `${document} ${metric.name} ${a} ${b}`));
  const files: ChartFile[] = [];
  for (const [i, of] of all.entries()) {
    const spec = tornado(of);
    if (spec === null) continue;
    const { description, ...rest } = spec as { description: string };
    const title = {
      text: 'What does the comparison hang on?',
      subtitle: [of.document, ...description.split('\n')],
    };
    const name = `tornado-${names[i]!}`;
    files.push({ path: `charts/${name}`, ...(await renderChart({ title, description, ...rest }, name)) });
  }
  return files;
}
