import { dirname, join } from 'node:path';
import { groupBy } from '../kit/group.ts';
import { compareStrategies, type Comparison } from '../measure/compare/compare.ts';
import { UnusableError, UserError } from '../model/errors.ts';
import type { Kind, Metric } from '../model/kind.ts';
import { didYouMean } from '../model/nearest.ts';
import { writeAtomic } from './atomic-write.ts';
import { findKind, loadKinds } from './kinds.ts';
import { makeFolder } from './make-folder.ts';
import { mergeResults, readResults, type Results } from './read-results.ts';

export interface JudgeOptions {
  readonly folders: readonly string[];
  readonly kindsUrl: string;
  /** none = the kind's primary one */
  readonly metrics: readonly string[];
  readonly baseline: string | null;
}

/** Compares the strategies of result folders, by document and metric. @throws {UserError | UnusableError} */
export async function judgeFolders(
  options: JudgeOptions,
): Promise<readonly (Comparison & { readonly planned: number })[]> {
  const { kind, metrics, results } = await readFolders(options);
  const { rows, shaken, planned } = results;
  const baseline = options.baseline === null ? null : kind.parseStrategy(options.baseline);
  if (baseline !== null && !rows.some(({ strategy }) => strategy === baseline))
    throw new UserError(`--baseline: no cell is of ${baseline}`);
  return [...groupBy(rows, ({ document }) => document)].flatMap(([document, own]) =>
    metrics.map((metric) => ({
      ...compareStrategies(
        own,
        shaken.map((copy) => copy.filter((row) => row.document === document)),
        { metric, baseline },
      ),
      planned: [...planned].filter((text) => (JSON.parse(text) as string[])[0] === document).length,
    })),
  );
}

/** Draws who comes before whom, into a folder. @returns paths of what was written. @throws {UserError | UnusableError | WriteError} */
export async function drawFolders(options: Omit<JudgeOptions, 'baseline'>, out: string): Promise<string[]> {
  const { results, ...judged } = await readFolders(options);
  // vega takes a while to load: not before it is needed
  const { renderJudged } = await import('../report/judge/judge-charts.ts');
  const charts = await renderJudged(results.rows, results.shaken, judged);
  return charts.map(({ path, vl, svg }) => {
    const file = join(out, path);
    makeFolder(dirname(file));
    writeAtomic(`${file}.vl.json`, vl);
    writeAtomic(`${file}.svg`, svg);
    return `${file}.svg`;
  });
}

async function readFolders(options: Omit<JudgeOptions, 'baseline'>) {
  const all = options.folders.map(readResults);
  const kind = await kindOf(all[0]!, options.kindsUrl);
  const metrics = metricsOf(kind, options.metrics);
  for (const results of all) for (const metric of metrics) checkVersion(results, metric);
  return { kind, metrics, results: mergeResults(all, kind) };
}

export async function kindOf(results: Results, kindsUrl: string): Promise<Kind> {
  const kind = findKind(await loadKinds(kindsUrl), results.kind);
  if (kind === undefined) throw new UnusableError(`${results.folder} is of an unknown kind, ${results.kind}`);
  return kind;
}

/** @throws {UserError} for names that are unknown, or that have no better side */
export function metricsOf({ metrics, primaryMetric }: Kind, names: readonly string[]): Metric[] {
  const directed = metrics.filter(({ better }) => better !== 'neither');
  const first =
    directed.find(({ name }) => name === primaryMetric) ?? directed.find((m) => m.headline) ?? directed[0];
  if (names.length === 0) return first === undefined ? [] : [first];
  return names.map((name) => {
    const found = directed.find((metric) => metric.name === name);
    if (found !== undefined) return found;
    const known = directed.map((metric) => metric.name);
    const why = metrics.some((metric) => metric.name === name) ? 'has no better side' : 'is unknown';
    throw new UserError(`--metric: ${name} ${why}${didYouMean(name, known)}; \`list metrics\` shows them`);
  });
}

/** @throws {UnusableError} where values follow another definition than this program's */
export function checkVersion({ folder, metricVersions }: Results, { name, version }: Metric): void {
  const theirs = metricVersions[name];
  if (theirs !== version)
    throw new UnusableError(
      `${folder}: ${name} was computed by ${theirs === undefined ? 'no' : `version ${theirs} of its`} definition, this program knows version ${version}; run it again`,
    );
}
