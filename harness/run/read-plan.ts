import { fileURLToPath } from 'node:url';
import type { Kind, StoredDocument } from '../model/kind.ts';
import { codeHash } from './code-hash.ts';
import { findKind, loadKinds } from './kinds.ts';
import { planCells, type Plan } from './plan.ts';
import { readApart } from './read-apart.ts';
import { isAsWritten, readInputs, type Overrides } from './read-inputs.ts';

export interface PlanOptions extends Overrides {
  /** documents and suites */
  readonly files: readonly string[];
  readonly kindsUrl: string;
}

/**
 * What the files ask for.
 *
 * @param readDocument of bare documents that are long, where nothing here needs to know what is in them; null = all are read here
 * @throws {UserError} with all that is wrong
 */
export async function readPlan(
  options: PlanOptions,
  readDocument: ((path: string, kind: Kind) => Promise<StoredDocument>) | null = null,
): Promise<Plan> {
  const kinds = await loadKinds(options.kindsUrl);
  const isApart = readDocument !== null && isAsWritten(options);
  const apart = isApart
    ? await readApart(options.files, (path) => readDocument(path, findKind(kinds, null)!))
    : new Map();
  const { kind, requests, sweep } = readInputs(options.files, kinds, options, apart);
  const plan = planCells(kind, requests, presentCode(options.kindsUrl));
  return sweep === null ? plan : { ...plan, sweep };
}

/** The hash of the program that is running. */
export const presentCode = (kindsUrl: string): string =>
  codeHash(fileURLToPath(new URL('../../', import.meta.url)), kindsUrl);
