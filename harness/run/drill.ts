import { drillAll, type Drill, type DrillAsk } from '../measure/compare/drill.ts';
import { UnusableError } from '../model/errors.ts';
import type { Metric } from '../model/kind.ts';
import { checkVersion, kindOf, metricsOf } from './judge.ts';
import { readResults } from './read-results.ts';

export interface DrillOptions extends Omit<DrillAsk, 'metric' | 'comparisons'> {
  readonly folder: string;
  readonly kindsUrl: string;
  /** null = the kind's primary one */
  readonly metric: string | null;
}

/** Drills on the shaken copies of a result folder. @throws {UserError | UnusableError} */
export async function drillFolder({
  folder,
  kindsUrl,
  ...ask
}: DrillOptions): Promise<{ readonly metric: Metric; readonly drills: readonly Drill[] }> {
  const results = readResults(folder);
  const kind = await kindOf(results, kindsUrl);
  const [metric] = metricsOf(kind, ask.metric === null ? [] : [ask.metric]);
  if (metric === undefined)
    throw new UnusableError(`${folder}: kind ${kind.name} has no metric to compare by`);
  checkVersion(results, metric);
  if (results.shaken.length < 2)
    throw new UnusableError(`${folder} has no two shaken copies; run it with --shake 2`);
  return { metric, drills: drillAll(results.shaken, { ...ask, metric }) };
}
