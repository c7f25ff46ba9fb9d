import { gateStrategies, type GateResult } from '../measure/compare/gate.ts';
import { UnusableError } from '../model/errors.ts';
import type { Row } from '../model/kind.ts';
import { checkVersion, kindOf, metricsOf } from './judge.ts';
import { cellText, readResults, type Results } from './read-results.ts';
import { notComputed } from './run.ts';

export interface GateOptions {
  readonly baseline: string;
  readonly folder: string;
  readonly kindsUrl: string;
  /** none = the kind's primary one */
  readonly metrics: readonly string[];
  /** 0.01 = 1 % worse is put up with */
  readonly maxWorse: number;
}

export interface Gate {
  readonly results: readonly GateResult[];
  /** cells that only one of them has: joined on document, seeds and strategy, whatever the code */
  readonly onlyBaseline: number;
  readonly onlyNew: number;
  /** cells of the new results that ended without an outcome */
  readonly notComputed: number;
}

/** Holds new results against a baseline. @throws {UserError | UnusableError} */
export async function gateFolders(options: GateOptions): Promise<Gate> {
  const [before, after] = [readResults(options.baseline), readResults(options.folder)];
  const kind = await kindOf(after, options.kindsUrl);
  const metrics = metricsOf(kind, options.metrics);
  for (const results of [before, after]) for (const metric of metrics) checkVersion(results, metric);
  checkSameGround(before, after);
  const [old, now] = [keysOf(before.rows), keysOf(after.rows)];
  const results = gateStrategies(before, after, metrics, options.maxWorse);
  if (results.length === 0)
    throw new UnusableError(`${before.folder} and ${after.folder} have no document and strategy in common`);
  return {
    results,
    onlyBaseline: [...old].filter((key) => !now.has(key)).length,
    onlyNew: [...now].filter((key) => !old.has(key)).length,
    notComputed: after.rows.filter(({ outcome }) => notComputed.includes(outcome.status)).length,
  };
}

const keysOf = (rows: readonly Row[]): Set<string> => new Set(rows.map(cellText));

/** A baseline of another kind, executor or content of documents is none. */
function checkSameGround(before: Results, after: Results): void {
  const hashes = new Map(before.rows.map(({ document, documentHash }) => [document, documentHash]));
  const changed = after.rows.find(
    ({ document, documentHash }) => (hashes.get(document) ?? documentHash) !== documentHash,
  );
  const differing = [
    before.kind === after.kind ? null : `kind (${before.kind}, ${after.kind})`,
    before.executor === after.executor ? null : `executor (${before.executor}, ${after.executor})`,
    changed === undefined ? null : `content of ${changed.document}`,
  ].filter((field) => field !== null);
  if (differing.length > 0)
    throw new UnusableError(
      `${before.folder} is no baseline for ${after.folder}; they differ in: ${differing.join(', ')}`,
    );
}
