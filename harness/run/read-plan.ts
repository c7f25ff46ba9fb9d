import { fileURLToPath } from 'node:url';
import { codeHash } from './code-hash.ts';
import { loadKinds } from './kinds.ts';
import { planCells, type Plan } from './plan.ts';
import { readInputs, type Overrides } from './read-inputs.ts';

export interface PlanOptions extends Overrides {
  /** documents and suites */
  readonly files: readonly string[];
  readonly kindsUrl: string;
}

/** What the files ask for. @throws {UserError} with all that is wrong */
export async function readPlan(options: PlanOptions): Promise<Plan> {
  const { kind, requests, sweep } = readInputs(options.files, await loadKinds(options.kindsUrl), options);
  const plan = planCells(kind, requests, presentCode(options.kindsUrl));
  return sweep === null ? plan : { ...plan, sweep };
}

/** The hash of the program that is running. */
export const presentCode = (kindsUrl: string): string =>
  codeHash(fileURLToPath(new URL('../../', import.meta.url)), kindsUrl);
