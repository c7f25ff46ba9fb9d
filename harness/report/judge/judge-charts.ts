import { groupBy } from '../../kit/group.ts';
import { compareStrategies } from '../../measure/compare/compare.ts';
import { profileOf } from '../../measure/compare/profile.ts';
import { rankStrategies } from '../../measure/compare/ranks.ts';
import type { Kind, Metric, Row } from '../../model/kind.ts';
import { safeSegments, type ChartFile } from '../charts.ts';
import { coloursOf } from '../palette.ts';
import { renderChart } from '../render.ts';
import { profileChart } from './profile-chart.ts';
import { rankChart } from './rank-chart.ts';

/** A profile and a diagram of ranks for each document and metric: documents are not pooled. */
export async function renderJudged(
  rows: readonly Row[],
  shaken: readonly (readonly Row[])[],
  { kind, metrics }: { readonly kind: Pick<Kind, 'strategies'>; readonly metrics: readonly Metric[] },
): Promise<ChartFile[]> {
  const known = kind.strategies.map(({ name }) => name);
  const colours = coloursOf(
    rows.map(({ strategy }) => strategy),
    known,
  );
  const documents = groupBy(rows, ({ document }) => document);
  const segments = safeSegments([...documents.keys()]);
  const wanted = [...documents].flatMap(([document, own], i) => {
    const copies = shaken.map((copy) => copy.filter((row) => row.document === document));
    return metrics.flatMap((metric) => [
      {
        path: `${segments[i]!}/ranks-${metric.name}`,
        question: 'Who comes before whom, and who cannot be told apart?',
        document,
        spec: ranksOf(own, copies, metric),
      },
      {
        path: `${segments[i]!}/profile-${metric.name}`,
        question: 'How often does each come how near the best?',
        document,
        spec: profileChart(profileOf(own, metric), metric, colours),
      },
    ]);
  });
  const files: ChartFile[] = [];
  for (const { path, question, document, spec } of wanted) {
    if (spec === null) continue;
    const { description = '', ...rest } = spec as { description?: string };
    const subtitle = [document, ...description.split('\n').flatMap(wrapped)];
    const title = { text: question, subtitle };
    files.push({ path, ...(await renderChart({ title, description, ...rest }, path)) });
  }
  return files;
}

function ranksOf(rows: readonly Row[], shaken: readonly (readonly Row[])[], metric: Metric): object | null {
  const { pairs } = compareStrategies(rows, shaken, { metric, baseline: null });
  const told = pairs.filter(({ verdict }) => verdict === 'less' || verdict === 'more');
  const isTold = (a: string, b: string) =>
    told.some((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  const ranking = rankStrategies(rows, metric);
  return ranking === null ? null : rankChart(ranking, isTold, metric);
}

const wrapped = (text: string): string[] =>
  text.match(/.{1,110}(?:\s|$)/gu)?.map((line) => line.trim()) ?? [];
