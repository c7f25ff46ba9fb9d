import { cpus } from 'node:os';
import { relative, sep } from 'node:path';
import type { PlanDocument } from '../model/kind.ts';
import type { Plan } from './plan.ts';

/** What ran, when, where and with which program. */
export interface Origin {
  readonly tool: string;
  readonly argv: readonly string[];
}

/**
 * Says how a folder of results was made; not part of what is compared byte by byte.
 *
 * @param folder where it will stand: paths of documents are written from there
 */
export const manifestOf = (
  plan: Plan,
  { origin, folder }: { readonly origin: Origin; readonly folder: string },
  state: 'running' | 'complete',
) => ({
  schema: 1,
  state,
  tool: origin.tool,
  argv: origin.argv,
  node: process.version,
  date: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model ?? null,
    cores: cpus().length,
    platform: process.platform,
    arch: process.arch,
  },
  kind: plan.kind.name,
  executor: plan.kind.executor,
  engineVersion: plan.kind.engineVersion,
  metricVersions: Object.fromEntries(plan.kind.metrics.map(({ name, version }) => [name, version])),
  documents: plan.documents.map((document) => ({
    name: document.name,
    hash: document.hash,
    caveats: document.caveats,
    ...sourceOf(document, folder),
  })),
  cells: plan.cells.map(({ key, document, spec }) => ({ key, document: document.name, ...spec })),
});

/** Where the document can be had again. */
function sourceOf(document: PlanDocument, folder: string): object {
  if ('base' in document) return { ...sourceOf(document.base, folder), changes: document.changes };
  if ('ref' in document) return { ref: document.ref };
  return document.path === undefined ? {} : { path: relative(folder, document.path).split(sep).join('/') };
}
