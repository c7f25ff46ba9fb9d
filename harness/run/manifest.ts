import { cpus } from 'node:os';
import type { Plan } from './plan.ts';

/** What ran, when, where and with which program. */
export interface Origin {
  readonly tool: string;
  readonly argv: readonly string[];
}

/** Says how a folder of results was made; not part of what is compared byte by byte. */
export const manifestOf = (plan: Plan, origin: Origin, state: 'running' | 'complete') => ({
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
  documents: plan.documents.map(({ name, hash, caveats }) => ({ name, hash, caveats })),
  cells: plan.cells.map(({ key, document, spec }) => ({ key, document: document.name, ...spec })),
});
