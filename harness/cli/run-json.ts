import type { RunResult } from '../run/run.ts';

/** The data of `run --json`: outcomes without their series, which are for charts. */
export const runJson = (
  { kind, documents, planned, computed, rows, shaken, written }: RunResult,
  out: string,
) => ({
  kind: kind.name,
  folder: out,
  interrupted: written === null,
  cells: { planned, computed, reused: rows.length + shaken.length - computed },
  documents: documents.map(({ name, hash, caveats }) => ({ name, hash, caveats })),
  rows: rows.map(({ document, strategy, clusterSeed, nightSeed, outcome }) => ({
    document,
    strategy,
    clusterSeed,
    nightSeed,
    status: outcome.status,
    message: outcome.message,
    metrics: outcome.metrics,
    notes: outcome.notes,
  })),
  findings: written === null ? [] : kind.findings(rows),
  files: written ?? [],
});
