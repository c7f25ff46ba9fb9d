import type { Sweep } from '../kit/sweep.ts';
import { UserError } from '../model/errors.ts';
import type { CellSpec, Kind, PlanDocument } from '../model/kind.ts';
import { cellKey } from './cell-key.ts';

/** What one file of the command line asks for: its documents under its strategies and seeds. */
export interface Request {
  readonly documents: readonly PlanDocument[];
  /** canonical text forms */
  readonly strategies: readonly string[];
  /** cluster seeds 1..clusters, night seeds firstNight..nights */
  readonly clusters: number;
  readonly firstNight?: number;
  readonly nights: number;
  /** shaken copies of every cell, beside it */
  readonly shakes: number;
}

export interface PlannedCell {
  readonly key: string;
  readonly document: PlanDocument;
  readonly spec: CellSpec;
}

export interface Plan {
  readonly kind: Kind;
  readonly documents: readonly PlanDocument[];
  /** strategies innermost: what an interrupted run has done can be compared */
  readonly cells: readonly PlannedCell[];
  /** where the cells of a sweep stand; left out: it is none */
  readonly sweep?: Sweep;
}

/**
 * Documents x cluster seeds x night seeds x strategies; a cell that is asked for twice is computed once.
 *
 * @throws {UserError} where two documents share a name: results could not tell them apart
 */
export function planCells(kind: Kind, requests: readonly Request[], codeHash: string): Plan {
  const documents = distinctDocuments(requests.flatMap((request) => request.documents));
  const cells = new Map<string, PlannedCell>();
  for (const { document, spec } of requests.flatMap((request) => [...combinations(request)])) {
    const key = cellKey({ kind, codeHash, documentHash: document.hash, ...spec });
    if (!cells.has(key)) cells.set(key, { key, document, spec });
  }
  return { kind, documents, cells: [...cells.values()] };
}

function* combinations({ documents, strategies, ...count }: Request) {
  for (const document of documents)
    for (const seeds of seedsOf(count))
      for (const strategy of strategies) yield { document, spec: { strategy, ...seeds } satisfies CellSpec };
}

function* seedsOf({
  clusters,
  firstNight = 1,
  nights,
  shakes,
}: Omit<Request, 'documents' | 'strategies'>): Generator<Omit<CellSpec, 'strategy'>> {
  for (let clusterSeed = 1; clusterSeed <= clusters; clusterSeed++)
    for (let nightSeed = firstNight; nightSeed <= nights; nightSeed++) {
      yield { clusterSeed, nightSeed };
      for (let shake = 1; shake <= shakes; shake++) yield { clusterSeed, nightSeed, shake };
    }
}

function distinctDocuments(documents: readonly PlanDocument[]): PlanDocument[] {
  const byHash = new Map(documents.map((document) => [document.hash, document]));
  const byName = new Map<string, PlanDocument>();
  const problems = new Set<string>();
  for (const document of byHash.values()) {
    if (byName.has(document.name))
      problems.add(`two documents that differ are both called "${document.name}"; give one another name`);
    byName.set(document.name, document);
  }
  if (problems.size > 0) throw new UserError([...problems]);
  return [...byHash.values()];
}
